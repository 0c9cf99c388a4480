// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cerrno>
#include <cstdio>
#include <new>
#include <vector>

#include "base/files.hpp"

namespace vidgen::base {
namespace {
// OpenSSL's digests fail for want of memory only, and a digest that is none must never become a key.
void must(bool worked) {
  if (worked) return;
  ERR_clear_error();  // the queue of errors is the thread's, so the host's
  throw std::bad_alloc();
}
}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* md = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(md); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  must(context_->md != nullptr && EVP_DigestInit_ex(context_->md, EVP_sha256(), nullptr) == 1);
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  must(EVP_DigestUpdate(context_->md, bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex() {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  must(EVP_DigestFinal_ex(context_->md, out, &size) == 1);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kDigits[out[i] >> 4];
    text += kDigits[out[i] & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 h;
  h.add(bytes);
  return h.hex();
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
            text.size(), out, &size) != nullptr);
  return std::string(reinterpret_cast<const char*>(out), size);
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<std::string> sha256_file(const std::string& path) {
  std::FILE* raw = std::fopen(path.c_str(), "rb");
  if (raw == nullptr) return errno_error("cannot open " + path);
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(raw, &std::fclose);
  Sha256 h;
  std::vector<char> buffer(1 << 16);
  while (std::size_t n = std::fread(buffer.data(), 1, buffer.size(), file.get())) h.add({buffer.data(), n});
  if (std::ferror(file.get()) != 0) return errno_error("cannot read " + path);
  return h.hex();
}

}  // namespace vidgen::base
