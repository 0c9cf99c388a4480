// SPDX-License-Identifier: Apache-2.0
// load_local_backend(): the embedded backend behind a library that is opened when something is first made with it. It is
// never closed again: its jobs may still be under way, and GLib, below it, cannot be unloaded.
#include <dlfcn.h>

#include <mutex>

#include "base/files.hpp"
#include "base/local_module.hpp"
#include "base/try.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using base::LocalModule;

#define VIDGEN_TEXT_OF(x) #x
#define VIDGEN_TEXT(x) VIDGEN_TEXT_OF(x)
constexpr const char* kName =
    "libvidgen-local.so." VIDGEN_TEXT(VIDGEN_VERSION_MAJOR) "." VIDGEN_TEXT(VIDGEN_VERSION_MINOR);

// Beside the library, or the program, that this code is part of.
std::string beside_us() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&kName), &info) == 0 || info.dli_fname == nullptr) return {};
  const std::string own = info.dli_fname;
  return own.substr(0, own.find_last_of('/') + 1) + kName;
}

class Library {
 public:
  Result<const LocalModule*> open() {
    std::lock_guard lock(mutex_);
    if (module_ == nullptr) {
      Result<const LocalModule*> found = find();
      if (!found) return found;
      module_ = *found;
    }
    return module_;
  }

  bool is_near() {
    std::lock_guard lock(mutex_);
    return module_ != nullptr || base::file_exists(beside_us());
  }

 private:
  static Result<const LocalModule*> find() {
    const std::string near = beside_us();
    void* handle = base::file_exists(near) ? ::dlopen(near.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) : nullptr;
    if (handle == nullptr) handle = ::dlopen(kName, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) {
      const char* why = ::dlerror();
      return Error(Errc::not_found, std::string("the embedded backend is not installed: ") +
                                        (why != nullptr ? why : std::string(kName) + " cannot be loaded"));
    }
    auto entry = reinterpret_cast<const LocalModule* (*)()>(::dlsym(handle, base::kLocalModuleSymbol));
    const LocalModule* module = entry != nullptr ? entry() : nullptr;
    if (module == nullptr || std::string_view(module->version) != kVersion)
      return Error(Errc::unsupported, std::string(kName) + " is of another version than libvidgen " + kVersion);
    return module;
  }

  std::mutex mutex_;
  const LocalModule* module_ = nullptr;
};

Library& library() {
  static Library one;
  return one;
}

class LazyTitles final : public TitleRenderer {
 public:
  Result<std::unique_ptr<TitleLayer>> layout(const Title& title, Size frame, Rational fps) override {
    auto module = library().open();
    if (!module) return module.error();
    {
      std::lock_guard lock(mutex_);
      if (!titles_) titles_ = (*module)->titles();
    }
    return titles_->layout(title, frame, fps);
  }
  std::string version() const override { return base::kTitlesVersion; }

 private:
  std::mutex mutex_;
  std::shared_ptr<TitleRenderer> titles_;
};

class LazyStoryboards final : public StoryboardPainter {
 public:
  Result<Bitmap> still(const GenerationRequest& request, const std::vector<std::string>& images) override {
    VIDGEN_TRY(painter, real());
    return painter->still(request, images);
  }
  Result<Bitmap> sheet(const Storyboard& board) override {
    VIDGEN_TRY(painter, real());
    return painter->sheet(board);
  }

 private:
  Result<std::shared_ptr<StoryboardPainter>> real() {
    VIDGEN_TRY(module, library().open());
    std::lock_guard lock(mutex_);
    if (!painter_) painter_ = module->storyboards();
    return painter_;
  }

  std::mutex mutex_;
  std::shared_ptr<StoryboardPainter> painter_;
};

class LazyLocal final : public ModelBackend {
 public:
  explicit LazyLocal(LocalOptions options) : options_(std::move(options)) {}

  std::string name() const override { return "local"; }
  Reconcile reconcile_kind() const override { return Reconcile::native_key; }
  bool ends_with_process() const override { return true; }
  std::shared_ptr<TitleRenderer> titles() const override { return titles_; }
  std::shared_ptr<StoryboardPainter> storyboards() const override { return load_local_storyboards(); }
  std::string unavailable() const override {
    if (library().is_near()) return {};
    auto module = library().open();
    return module ? std::string() : module.error().message();
  }

  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    auto real = backend();
    if (!real) co_return real.error();
    co_return co_await (*real)->create(std::move(request), std::move(inputs), std::move(attempt), std::move(context));
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    auto real = backend();
    if (!real) co_return real.error();
    co_return co_await (*real)->get(std::move(id), std::move(context));
  }
  Async<Result<RemoteJob>> follow(RemoteJob job, BackendContext context) override {
    auto real = backend();
    if (!real) co_return real.error();
    co_return co_await (*real)->follow(std::move(job), std::move(context));
  }
  Async<Result<std::vector<Asset>>> fetch(std::string id, BackendContext context) override {
    auto real = backend();
    if (!real) co_return real.error();
    co_return co_await (*real)->fetch(std::move(id), std::move(context));
  }
  Async<Status> cancel(std::string id, BackendContext context) override {
    auto real = backend();
    if (!real) co_return real.error();
    co_return co_await (*real)->cancel(std::move(id), std::move(context));
  }
  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext context) override {
    auto real = backend();
    if (!real) co_return real.error();
    co_return co_await (*real)->find(std::move(attempt), std::move(context));
  }

 private:
  Result<std::shared_ptr<ModelBackend>> backend() {
    auto module = library().open();
    if (!module) return module.error();
    std::lock_guard lock(mutex_);
    if (!real_) real_ = (*module)->backend(options_);
    return real_;
  }

  const LocalOptions options_;
  const std::shared_ptr<TitleRenderer> titles_ = std::make_shared<LazyTitles>();
  std::mutex mutex_;
  std::shared_ptr<ModelBackend> real_;
};

}  // namespace

std::shared_ptr<TitleRenderer> load_local_titles() {
  return std::make_shared<LazyTitles>();
}

std::shared_ptr<StoryboardPainter> load_local_storyboards() {
  return std::make_shared<LazyStoryboards>();
}

std::shared_ptr<ModelBackend> load_local_backend(const LocalOptions& options) {
  return std::make_shared<LazyLocal>(options);
}

VIDGEN_NAMESPACE_END
