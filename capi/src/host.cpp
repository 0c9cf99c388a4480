// SPDX-License-Identifier: Apache-2.0
// Clock, store and journal of the host's own, behind the C++ interfaces that the pipeline knows.
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <set>

#include "base/digest.hpp"
#include "base/files.hpp"
#include "base/offload.hpp"
#include "capi/src/common.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/host_struct.hpp"
#include "capi/src/texts.hpp"
#include "flow/conditions.hpp"

struct vg_commit {
  std::optional<vidgen::Handler<vidgen::Status>> handler;  // built in place: Boost 1.81 cannot assign one
};

namespace vidgen::capi {
namespace {

class HostClock final : public Clock {
 public:
  explicit HostClock(const vg_clock& clock) : host_(clock) {}
  std::int64_t now_ms() override { return host_.part.now_ms(host_.part.user); }

 private:
  HostStruct<vg_clock> host_;
};

Status said(vg_status status, const char* what) {
  if (status == VG_OK) return {};
  return Error(errc_of(status), std::string("the host's ") + what + " failed: " + vg_status_text(status));
}

// ---- store

class HostStore final : public Store {
 public:
  explicit HostStore(const vg_store& store) : host_(store) {}

  Result<Asset> put(std::string_view bytes, AssetKind kind, std::string_view mime) override {
    VIDGEN_TRY(path, scratch(".blob"));
    VIDGEN_CHECK(base::write_file(path, bytes));
    return put_file(path, kind, mime, false);
  }
  Result<Asset> put_file(const std::string& path, AssetKind kind, std::string_view mime, bool keep) override {
    Asset asset;
    VIDGEN_TRY(sha, base::sha256_file(path));
    VIDGEN_TRY(size, base::file_size(path));
    asset.sha256 = sha;
    asset.kind = kind;
    asset.mime = mime;
    asset.bytes = size;
    VIDGEN_CHECK(put_once(sha, path, asset.mime));
    if (!keep) std::remove(path.c_str());
    return asset;
  }
  Result<std::string> path(const std::string& sha) const override {
    vg_texts found;
    VIDGEN_CHECK(said(host_.part.path(host_.part.user, sha.c_str(), &found), "store.path"));
    if (found.list.empty()) return Error(Errc::not_found, "the host's store has no blob " + sha.substr(0, 12) + "…");
    return found.list.front();
  }
  Result<std::string> read(const std::string& sha) const override {
    VIDGEN_TRY(where, path(sha));
    return base::read_file(where);
  }
  bool contains(const std::string& sha) const override {
    return host_.part.contains(host_.part.user, sha.c_str()) != 0;
  }
  Status remove(const std::string& sha) override {
    return said(host_.part.remove(host_.part.user, sha.c_str()), "store.remove");
  }
  Result<std::vector<Asset>> list() const override {
    vg_texts all;
    VIDGEN_CHECK(said(host_.part.list(host_.part.user, &all), "store.list"));
    std::vector<Asset> out;
    for (std::string& sha : all.list) {
      Asset asset;
      VIDGEN_TRY(where, path(sha));
      VIDGEN_TRY(size, base::file_size(where));
      asset.bytes = size;
      asset.sha256 = std::move(sha);
      out.push_back(std::move(asset));
    }
    return out;
  }
  Result<std::string> scratch(std::string_view suffix) override {
    vg_texts folder;
    VIDGEN_CHECK(said(host_.part.scratch(host_.part.user, &folder), "store.scratch"));
    if (folder.list.empty()) return Error(Errc::host, "the host's store names no folder for scratch files");
    return folder.list.front() + "/" + std::to_string(::getpid()) + "-" + std::to_string(next_.fetch_add(1)) +
           std::string(suffix);
  }

 private:
  // Whoever has the same blob waits until it is there whole: a host may write it where contains() already looks.
  Status put_once(const std::string& sha, const std::string& path, const std::string& mime) {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return arriving_.count(sha) == 0; });
    if (contains(sha)) return {};
    const Arrival arrival(*this, arriving_.insert(sha).first);
    lock.unlock();
    return said(host_.part.put(host_.part.user, sha.c_str(), path.c_str(), mime.c_str()), "store.put");
  }
  // The end of it is told whatever happens in between.
  struct Arrival {
    Arrival(HostStore& s, std::set<std::string>::iterator at) : store(s), where(at) {}
    ~Arrival() {
      std::lock_guard lock(store.mutex_);
      store.arriving_.erase(where);
      store.idle_.notify_all();
    }
    Arrival(const Arrival&) = delete;
    Arrival& operator=(const Arrival&) = delete;
    HostStore& store;
    std::set<std::string>::iterator where;
  };

  HostStruct<vg_store> host_;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::set<std::string> arriving_;
  std::atomic<std::uint64_t> next_{0};
};

// ---- journal

class HostJournal final : public Journal {
 public:
  explicit HostJournal(const vg_journal& journal) : host_(journal) {}

  void commit(JournalBatch batch, Handler<Status> handler) override {
    Status accepted = load();
    if (accepted) {
      std::lock_guard lock(mutex_);
      accepted = conditions_.accept(batch);
    }
    if (!accepted) return base::complete(std::move(handler), std::move(accepted));
    const std::string text = to_json(batch);
    auto done = std::make_unique<vg_commit>();
    done->handler.emplace(std::move(handler));
    host_.part.commit(host_.part.user, text.data(), text.size(), done.release());
  }
  Result<std::optional<JobRecord>> job(const std::string& id) override {
    vg_texts found;
    VIDGEN_CHECK(said(host_.part.job(host_.part.user, id.c_str(), &found), "journal.job"));
    if (found.list.empty()) return std::optional<JobRecord>();
    VIDGEN_TRY(record, job_record_from_json(found.list.front()));
    return std::optional<JobRecord>(std::move(record));
  }
  Result<std::vector<JobRecord>> jobs() override {
    vg_texts found;
    VIDGEN_CHECK(said(host_.part.jobs(host_.part.user, &found), "journal.jobs"));
    return all<JobRecord>(found, &job_record_from_json);
  }
  Result<std::vector<Event>> events(const std::string& job, std::int64_t after) override {
    vg_texts found;
    VIDGEN_CHECK(said(host_.part.events(host_.part.user, job.c_str(), after, &found), "journal.events"));
    return all<Event>(found, &event_from_json);
  }
  Result<std::optional<ResultRecord>> result(const std::string& key) override {
    vg_texts found;
    VIDGEN_CHECK(said(host_.part.result(host_.part.user, key.c_str(), &found), "journal.result"));
    if (found.list.empty()) return std::optional<ResultRecord>();
    VIDGEN_TRY(record, result_record_from_json(found.list.front()));
    return std::optional<ResultRecord>(std::move(record));
  }
  Result<std::vector<AttemptRecord>> attempts(const std::string& job) override {
    vg_texts found;
    VIDGEN_CHECK(said(host_.part.attempts(host_.part.user, job.c_str(), &found), "journal.attempts"));
    return all<AttemptRecord>(found, &attempt_record_from_json);
  }
  Result<Lease> lease(const std::string& job) override {
    std::lock_guard lock(mutex_);
    return conditions_.lease(job);
  }
  Result<Lease> take(const LeaseRequest& request) override {
    std::lock_guard lock(mutex_);
    return conditions_.take(request);
  }
  Result<Books> books(const std::string& job, std::int64_t day) override {
    VIDGEN_CHECK(load());
    std::lock_guard lock(mutex_);
    return conditions_.books(job, day);
  }

 private:
  // What earlier processes put on the books.
  Status load() {
    std::lock_guard lock(mutex_);
    if (loaded_) return {};
    VIDGEN_TRY(known, jobs());
    for (const JobRecord& job : known) {
      VIDGEN_TRY(made, attempts(job.id));
      for (const AttemptRecord& attempt : made) conditions_.load(attempt);
    }
    loaded_ = true;
    return {};
  }

  template <class Record>
  static Result<std::vector<Record>> all(const vg_texts& texts, Result<Record> (*read)(std::string_view)) {
    std::vector<Record> out;
    for (const std::string& text : texts.list) {
      VIDGEN_TRY(record, read(text));
      out.push_back(std::move(record));
    }
    return out;
  }

  HostStruct<vg_journal> host_;
  std::mutex mutex_;
  flow::Conditions conditions_;
  bool loaded_ = false;
};

}  // namespace

std::shared_ptr<Clock> clock_of(const vg_clock& clock) {
  return std::make_shared<HostClock>(clock);
}
std::shared_ptr<Store> store_of(const vg_store& store) {
  return std::make_shared<HostStore>(store);
}
std::shared_ptr<Journal> journal_of(const vg_journal& journal) {
  return std::make_shared<HostJournal>(journal);
}

}  // namespace vidgen::capi

using namespace vidgen;
using namespace vidgen::capi;

vg_status vg_texts_add(vg_texts* texts, const char* bytes, size_t size) {
  return guard(nullptr, [&]() -> Status {
    texts->list.emplace_back(bytes != nullptr ? bytes : "", bytes != nullptr ? size : 0);
    return {};
  });
}

void vg_commit_done(vg_commit* commit, vg_status status) {
  const std::unique_ptr<vg_commit> own(commit);
  Status outcome = said(status, "journal.commit");
  base::complete(std::move(*own->handler), std::move(outcome));
}
