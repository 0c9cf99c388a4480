// SPDX-License-Identifier: Apache-2.0
#include "capi/src/common.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/host_struct.hpp"

using namespace vidgen;
using namespace vidgen::capi;

vg_status vg_config_new(vg_config** config, vg_error** error) {
  return give(config, error, []() -> Result<std::unique_ptr<vg_config>> {
    auto made = std::make_unique<vg_config>();
    made->config = Config::from_env();
    return made;
  });
}
void vg_config_free(vg_config* config) {
  delete config;
}

namespace {
vg_status set(std::string& field, const char* value, vg_error** error) {
  return guard(error, [&]() -> Status {
    field = text_or_empty(value);
    return {};
  });
}
}  // namespace

vg_status vg_config_set_workspace(vg_config* config, const char* folder, vg_error** error) {
  return guard(error, [&]() -> Status {
    if (text_or_empty(folder).empty()) return Error(Errc::invalid_argument, "a workspace needs a name");
    config->config.workspace = folder;
    return {};
  });
}
const char* vg_config_workspace(const vg_config* config) {
  return config->config.workspace.c_str();
}
vg_status vg_config_set_journal_url(vg_config* config, const char* url, vg_error** error) {
  return set(config->config.journal_url, url, error);
}
const char* vg_config_journal_url(const vg_config* config) {
  return config->config.journal_url.c_str();
}
namespace {
std::optional<Money> limit_of(int64_t micros) {
  return micros < 0 ? std::optional<Money>() : Money::micros(micros);
}
int64_t micros_of(const std::optional<Money>& limit) {
  return limit ? limit->micros() : -1;
}
}  // namespace

void vg_config_set_budget(vg_config* config, int64_t micros) {
  config->config.budget = limit_of(micros);
}
int64_t vg_config_budget(const vg_config* config) {
  return micros_of(config->config.budget);
}
void vg_config_set_budget_per_account(vg_config* config, int64_t micros) {
  config->config.limits.per_account = limit_of(micros);
}
int64_t vg_config_budget_per_account(const vg_config* config) {
  return micros_of(config->config.limits.per_account);
}
void vg_config_set_budget_per_day(vg_config* config, int64_t micros) {
  config->config.limits.per_day = limit_of(micros);
}
int64_t vg_config_budget_per_day(const vg_config* config) {
  return micros_of(config->config.limits.per_day);
}
void vg_config_set_threads(vg_config* config, int threads) {
  config->config.threads = threads < 0 ? 0 : threads > 256 ? 256 : threads;
}
vg_status vg_config_set_template_folder(vg_config* config, const char* folder, vg_error** error) {
  return set(config->config.template_folder, folder, error);
}
vg_status vg_config_set_model_folder(vg_config* config, const char* folder, vg_error** error) {
  return set(config->config.model_folder, folder, error);
}
vg_status vg_config_set_soundfont(vg_config* config, const char* path, vg_error** error) {
  return set(config->config.soundfont, path, error);
}
vg_status vg_config_set_language_model(vg_config* config, const char* model, vg_error** error) {
  return set(config->config.language_model, model, error);
}
vg_status vg_config_set_webhook(vg_config* config, const char* url, const char* secret, vg_error** error) {
  return guard(error, [&]() -> Status {
    std::string u = text_or_empty(url), s = text_or_empty(secret);
    config->config.webhook_url = std::move(u);
    config->config.webhook_secret = std::move(s);
    return {};
  });
}

// ---- parts of the host's own

vg_status vg_config_set_log(vg_config* config, const vg_log* log, vg_error** error) {
  return guard(error, [&]() -> Status {
    if (log == nullptr) {
      config->config.log = Logger();
      return {};
    }
    VIDGEN_CHECK(check_size(log->size, sizeof(vg_log), "vg_log"));
    VIDGEN_CHECK(check_function(log->write != nullptr, "vg_log.write"));
    auto host = std::make_shared<std::optional<HostStruct<vg_log>>>();
    Logger logger;
    logger.level = static_cast<LogLevel>(static_cast<int>(log->level));
    logger.write = [host](LogLevel level, std::string_view line) {
      const std::string text(line);
      (*host)->part.write((*host)->part.user, static_cast<vg_log_level>(static_cast<int>(level)), text.c_str());
    };
    host->emplace(*log);
    config->config.log = std::move(logger);
    return {};
  });
}

vg_status vg_config_set_clock(vg_config* config, const vg_clock* clock, vg_error** error) {
  return guard(error, [&]() -> Status {
    if (clock != nullptr) {
      VIDGEN_CHECK(check_size(clock->size, sizeof(vg_clock), "vg_clock"));
      VIDGEN_CHECK(check_function(clock->now_ms != nullptr, "vg_clock.now_ms"));
    }
    config->config.clock = clock != nullptr ? clock_of(*clock) : machine_clock();
    return {};
  });
}
vg_status vg_config_set_transport(vg_config* config, const vg_transport* transport, vg_error** error) {
  return guard(error, [&]() -> Status {
    if (transport != nullptr) {
      VIDGEN_CHECK(check_size(transport->size, sizeof(vg_transport), "vg_transport"));
      VIDGEN_CHECK(check_function(transport->exchange != nullptr, "vg_transport.exchange"));
    }
    config->transport = transport != nullptr ? transport_of(*transport) : nullptr;
    return {};
  });
}
vg_status vg_config_set_store(vg_config* config, const vg_store* store, vg_error** error) {
  return guard(error, [&]() -> Status {
    if (store != nullptr) {
      VIDGEN_CHECK(check_size(store->size, sizeof(vg_store), "vg_store"));
      VIDGEN_CHECK(check_function(store->put && store->path && store->contains && store->remove && store->list &&
                                      store->scratch,
                                  "vg_store.put, path, contains, remove, list, scratch"));
    }
    config->config.store = store != nullptr ? store_of(*store) : nullptr;
    return {};
  });
}
vg_status vg_config_set_journal(vg_config* config, const vg_journal* journal, vg_error** error) {
  return guard(error, [&]() -> Status {
    if (journal != nullptr) {
      VIDGEN_CHECK(check_size(journal->size, sizeof(vg_journal), "vg_journal"));
      VIDGEN_CHECK(check_function(journal->commit && journal->job && journal->jobs && journal->events &&
                                      journal->result && journal->attempts,
                                  "vg_journal.commit, job, jobs, events, result, attempts"));
    }
    config->config.journal = journal != nullptr ? journal_of(*journal) : nullptr;
    return {};
  });
}
vg_status vg_config_add_backend(vg_config* config, const vg_backend* backend, vg_error** error) {
  return guard(error, [&]() -> Status {
    VIDGEN_CHECK(needs(backend, "backend"));
    VIDGEN_CHECK(check_size(backend->size, sizeof(vg_backend), "vg_backend"));
    VIDGEN_CHECK(check_function(backend->create && backend->get && backend->fetch && backend->cancel && backend->find,
                                "vg_backend.create, get, fetch, cancel, find"));
    if (text_or_empty(backend->name).empty()) return Error(Errc::invalid_argument, "vg_backend.name is empty");
    config->backends.reserve(config->backends.size() + 1);
    config->backends.push_back(backend_of(*backend));
    return {};
  });
}
