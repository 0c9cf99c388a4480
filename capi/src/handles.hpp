// SPDX-License-Identifier: Apache-2.0
// What is behind the opaque handles that several files of the C face look into.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vidgen.h"
#include "vidgen/pipeline.hpp"
#include "vidgen/transport.hpp"

struct vg_config {
  vidgen::Config config;
  std::shared_ptr<vidgen::Transport> transport;  // the host's
  std::vector<std::shared_ptr<vidgen::ModelBackend>> backends;
};

struct vg_request {
  vidgen::Request request;
};

struct vg_plan {
  vidgen::Plan plan;
};

struct vg_film {
  vidgen::Film film;
};

struct vg_timeline {
  vidgen::Timeline timeline;
};

struct vg_job {
  vidgen::Job job;
};

struct vg_event {
  vidgen::Event event;
  vg_event_kind kind = VG_EVENT_NOTE;
  std::uint64_t tag = 0;
  std::unique_ptr<vg_film> film;
  std::unique_ptr<vg_plan> plan;
  vg_error* error = nullptr;
  ~vg_event() { vg_error_free(error); }
};

namespace vidgen::capi {

vg_event_kind kind_of(const std::string& word);

std::shared_ptr<Clock> clock_of(const vg_clock& clock);
std::shared_ptr<Transport> transport_of(const vg_transport& transport);
std::shared_ptr<Store> store_of(const vg_store& store);
std::shared_ptr<Journal> journal_of(const vg_journal& journal);
std::shared_ptr<ModelBackend> backend_of(const vg_backend& backend);

}  // namespace vidgen::capi
