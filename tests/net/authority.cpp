// SPDX-License-Identifier: Apache-2.0
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "net/server.hpp"

namespace vidgen::test {
namespace {

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = ::BIO_get_mem_data(bio, &data);
  std::string out(data, static_cast<std::size_t>(size));
  ::BIO_free(bio);
  return out;
}

std::string pem_of(X509* certificate) {
  BIO* bio = ::BIO_new(::BIO_s_mem());
  ::PEM_write_bio_X509(bio, certificate);
  return text_of(bio);
}

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  ::X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = ::X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  ::X509_add_ext(certificate, extension, -1);
  ::X509_EXTENSION_free(extension);
}

X509* blank(const std::string& name, EVP_PKEY* key, long serial) {
  X509* out = ::X509_new();
  ::X509_set_version(out, 2);
  ::ASN1_INTEGER_set(::X509_get_serialNumber(out), serial);
  ::X509_gmtime_adj(::X509_getm_notBefore(out), -86400);
  ::X509_gmtime_adj(::X509_getm_notAfter(out), 86400);
  ::X509_set_pubkey(out, key);
  ::X509_NAME_add_entry_by_txt(::X509_get_subject_name(out), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return out;
}

}  // namespace

struct Authority::Keys {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
};

Authority::Authority() : keys_(std::make_unique<Keys>()) {
  keys_->key = ::EVP_EC_gen("P-256");
  keys_->certificate = blank("test authority", keys_->key, 1);
  ::X509_set_issuer_name(keys_->certificate, ::X509_get_subject_name(keys_->certificate));
  extend(keys_->certificate, keys_->certificate, NID_basic_constraints, "critical,CA:TRUE");
  ::X509_sign(keys_->certificate, keys_->key, ::EVP_sha256());
}

Authority::~Authority() {
  ::X509_free(keys_->certificate);
  ::EVP_PKEY_free(keys_->key);
}

std::string Authority::pem() const {
  return pem_of(keys_->certificate);
}

Authority::Pair Authority::issue(const std::string& name) const {
  EVP_PKEY* key = ::EVP_EC_gen("P-256");
  X509* certificate = blank(name, key, 2);
  ::X509_set_issuer_name(certificate, ::X509_get_subject_name(keys_->certificate));
  const bool address = name.find_first_not_of("0123456789.") == name.npos;
  extend(certificate, keys_->certificate, NID_subject_alt_name, (address ? "IP:" : "DNS:") + name);
  ::X509_sign(certificate, keys_->key, ::EVP_sha256());
  Pair out;
  out.certificate = pem_of(certificate);
  BIO* bio = ::BIO_new(::BIO_s_mem());
  ::PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  out.key = text_of(bio);
  ::X509_free(certificate);
  ::EVP_PKEY_free(key);
  return out;
}

}  // namespace vidgen::test
