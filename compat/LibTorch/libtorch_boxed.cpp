// The whole native side of the TorchSharp stand-in: every ATen operator through one entry point, the boxed
// dispatcher, and the few things that are no operators (autograd, generators, threads, devices).
// One file, no build system: g++ compiles it against any libtorch from 1.13 on.
//
// Ownership: a tensor handle is a TensorImpl* that holds one reference; lt_release gives it back.
// Errors: a function returns -1 or null, and lt_error() has the message for this thread.

#include <dlfcn.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

namespace {

enum Kind : int32_t { None = 0, Tensor = 1, Int = 2, Double = 3, Bool = 4, IntList = 5, DoubleList = 6, BoolList = 7,
                      TensorList = 8, OptionalTensorList = 9, String = 10, Device = 11, Generator = 12, Default = 13 };

struct Value {
    int32_t kind;
    int32_t length;  // of a list or string; for a device: its index
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};
static_assert(sizeof(Value) == 16, "the managed side lays Value out in 16 bytes");

thread_local std::string last_error;
thread_local std::vector<Value> last_results;

using Impl = c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>;

at::Tensor borrow(const void* handle) {
    if (handle == nullptr) return {};
    return at::Tensor(Impl::reclaim_copy(static_cast<at::TensorImpl*>(const_cast<void*>(handle))));
}

void* give(const at::Tensor& tensor) {
    if (!tensor.defined()) return nullptr;
    at::Tensor copy = tensor;
    return copy.unsafeReleaseTensorImpl();
}

void release(const void* handle) {
    if (handle != nullptr) Impl::reclaim(static_cast<at::TensorImpl*>(const_cast<void*>(handle)));
}

template <typename Body>
auto guarded(Body body, decltype(body()) failed) -> decltype(body()) {
    try {
        return body();
    } catch (const c10::Error& error) {
        last_error = error.what_without_backtrace();
    } catch (const std::exception& error) {
        last_error = error.what();
    } catch (...) {
        last_error = "unknown native error";
    }
    return failed;
}

c10::IValue scalar_value(const Value& value, const c10::Argument& argument) {
    // A float argument given an integer, as Python allows.
    if (value.kind == Int && argument.type()->kind() == c10::TypeKind::FloatType)
        return c10::IValue(static_cast<double>(value.integer));
    switch (value.kind) {
        case Int: return c10::IValue(value.integer);
        case Double: return c10::IValue(value.real);
        default: return c10::IValue(value.integer != 0);
    }
}

c10::IValue to_ivalue(const Value& value, const c10::Argument& argument) {
    switch (value.kind) {
        case None: return c10::IValue();
        case Tensor: return value.pointer ? c10::IValue(borrow(value.pointer)) : c10::IValue();
        case Int:
        case Double:
        case Bool: return scalar_value(value, argument);
        case IntList:
            return c10::IValue(c10::List<int64_t>(
                c10::IntArrayRef(static_cast<const int64_t*>(value.pointer), value.length)));
        case DoubleList:
            return c10::IValue(c10::List<double>(
                c10::ArrayRef<double>(static_cast<const double*>(value.pointer), value.length)));
        case BoolList: {
            c10::List<bool> list;
            for (int32_t i = 0; i < value.length; i++) list.push_back(static_cast<const int64_t*>(value.pointer)[i] != 0);
            return c10::IValue(list);
        }
        case TensorList: {
            c10::List<at::Tensor> list;
            list.reserve(value.length);
            for (int32_t i = 0; i < value.length; i++) list.push_back(borrow(static_cast<void* const*>(value.pointer)[i]));
            return c10::IValue(list);
        }
        case OptionalTensorList: {
            c10::impl::GenericList list(c10::OptionalType::ofTensor());
            for (int32_t i = 0; i < value.length; i++) {
                const void* handle = static_cast<void* const*>(value.pointer)[i];
                list.push_back(handle ? c10::IValue(borrow(handle)) : c10::IValue());
            }
            return c10::IValue(list);
        }
        case String: return c10::IValue(std::string(static_cast<const char*>(value.pointer), value.length));
        case Device:
            return c10::IValue(c10::Device(static_cast<c10::DeviceType>(value.integer),
                                           static_cast<c10::DeviceIndex>(value.length)));
        case Generator: return c10::IValue(*static_cast<const at::Generator*>(value.pointer));
        case Default: break;
    }
    TORCH_CHECK(argument.default_value().has_value(), "argument '", argument.name(), "' has no default");
    return *argument.default_value();
}

void add_result(const c10::IValue& value) {
    Value result{};
    if (value.isTensor()) {
        result.kind = Tensor;
        result.pointer = give(value.toTensor());
    } else if (value.isTensorList()) {
        for (const at::Tensor& tensor : value.toTensorVector()) {
            Value element{};
            element.kind = Tensor;
            element.pointer = give(tensor);
            last_results.push_back(element);
        }
        return;
    } else if (value.isInt()) {
        result.kind = Int;
        result.integer = value.toInt();
    } else if (value.isDouble()) {
        result.kind = Double;
        result.real = value.toDouble();
    } else if (value.isBool()) {
        result.kind = Bool;
        result.integer = value.toBool() ? 1 : 0;
    } else {
        TORCH_CHECK(value.isNone(), "a result of type ", value.tagKind(), " is not marshalled");
    }
    last_results.push_back(result);
}

std::vector<at::Tensor> borrow_all(void* const* handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
    return tensors;
}

c10::Device device_of(int32_t type, int32_t index) {
    return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

}  // namespace

#define LT extern "C" __attribute__((visibility("default")))

LT const char* lt_error() { return last_error.c_str(); }
LT const char* lt_version() { return TORCH_VERSION; }

// Loads a library's symbols and static registrations for the whole process (libtorch_cuda.so registers its kernels so).
LT int lt_load_global(const char* path) {
    if (dlopen(path, RTLD_NOW | RTLD_GLOBAL) != nullptr) return 0;
    last_error = dlerror();
    return -1;
}

// ---- operators ------------------------------------------------------------------------------------------------

LT void* lt_find_operator(const char* name, const char* overload) {
    return guarded([&]() -> void* {
        auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        return found.has_value() ? new c10::OperatorHandle(*found) : nullptr;
    }, nullptr);
}

// Calls an operator; missing trailing arguments take the schema's defaults. Returns the number of results
// (a tensor list counts its elements) and where they are until this thread's next call; -1 on error.
LT int lt_call(const void* operator_handle, const Value* arguments, int32_t count, const Value** results) {
    last_results.clear();
    return guarded([&]() -> int {
        const auto& op = *static_cast<const c10::OperatorHandle*>(operator_handle);
        const auto& schema = op.schema().arguments();
        TORCH_CHECK(static_cast<size_t>(count) <= schema.size(), op.schema().name(), " takes at most ", schema.size(),
                    " arguments, got ", count);
        std::vector<c10::IValue> stack;
        stack.reserve(schema.size());
        const Value missing{Default, 0, {0}};
        for (size_t i = 0; i < schema.size(); i++)
            stack.push_back(to_ivalue(i < static_cast<size_t>(count) ? arguments[i] : missing, schema[i]));
        op.callBoxed(&stack);
        try {
            for (const auto& value : stack) add_result(value);
        } catch (...) {
            for (const Value& result : last_results)
                if (result.kind == Tensor) release(result.pointer);
            throw;
        }
        *results = last_results.data();
        return static_cast<int>(last_results.size());
    }, -1);
}

// ---- tensors --------------------------------------------------------------------------------------------------

LT void lt_release(void* handle) { release(handle); }

LT int32_t lt_dim(const void* handle) { return static_cast<int32_t>(static_cast<const at::TensorImpl*>(handle)->dim()); }
LT int64_t lt_numel(const void* handle) { return static_cast<const at::TensorImpl*>(handle)->numel(); }

LT void lt_sizes(const void* handle, int64_t* sizes) {
    auto shape = static_cast<const at::TensorImpl*>(handle)->sizes();
    std::copy(shape.begin(), shape.end(), sizes);
}

LT void lt_strides(const void* handle, int64_t* strides) {
    auto steps = static_cast<const at::TensorImpl*>(handle)->strides();
    std::copy(steps.begin(), steps.end(), strides);
}

LT int32_t lt_dtype(const void* handle) { return static_cast<int32_t>(borrow(handle).scalar_type()); }
LT int64_t lt_element_size(const void* handle) { return borrow(handle).element_size(); }
LT int32_t lt_device_type(const void* handle) { return static_cast<int32_t>(borrow(handle).device().type()); }
LT int32_t lt_device_index(const void* handle) { return borrow(handle).device().index(); }
LT int32_t lt_is_contiguous(const void* handle) { return borrow(handle).is_contiguous() ? 1 : 0; }
LT void* lt_data_pointer(const void* handle) {
    return guarded([&]() -> void* { return borrow(handle).data_ptr(); }, nullptr);
}

// ---- autograd -------------------------------------------------------------------------------------------------

LT int32_t lt_requires_grad(const void* handle) { return borrow(handle).requires_grad() ? 1 : 0; }
LT int32_t lt_set_requires_grad(const void* handle, int32_t value) {
    return guarded([&]() -> int32_t { borrow(handle).requires_grad_(value != 0); return 0; }, -1);
}
LT int32_t lt_is_leaf(const void* handle) { return borrow(handle).is_leaf() ? 1 : 0; }
LT int32_t lt_retain_grad(const void* handle) {
    return guarded([&]() -> int32_t { borrow(handle).retain_grad(); return 0; }, -1);
}
LT void* lt_grad(const void* handle) {
    return guarded([&]() -> void* { return give(borrow(handle).grad()); }, nullptr);
}
LT int32_t lt_set_grad(const void* handle, const void* gradient) {
    return guarded([&]() -> int32_t { borrow(handle).mutable_grad() = borrow(gradient); return 0; }, -1);
}
LT int32_t lt_grad_enabled() { return at::GradMode::is_enabled() ? 1 : 0; }
LT void lt_set_grad_enabled(int32_t value) { at::GradMode::set_enabled(value != 0); }

LT int32_t lt_backward(void* const* outputs, int32_t output_count, void* const* gradients, int32_t gradient_count,
                       int32_t retain_graph, int32_t create_graph, void* const* inputs, int32_t input_count) {
    return guarded([&]() -> int32_t {
        torch::autograd::backward(borrow_all(outputs, output_count), borrow_all(gradients, gradient_count),
                                  retain_graph != 0, create_graph != 0, borrow_all(inputs, input_count));
        return 0;
    }, -1);
}

LT int32_t lt_autograd_grad(void* const* outputs, int32_t output_count, void* const* inputs, int32_t input_count,
                            void* const* gradients, int32_t gradient_count, int32_t retain_graph, int32_t create_graph,
                            int32_t allow_unused, void** results) {
    return guarded([&]() -> int32_t {
        auto found = torch::autograd::grad(borrow_all(outputs, output_count), borrow_all(inputs, input_count),
                                           borrow_all(gradients, gradient_count), retain_graph != 0, create_graph != 0,
                                           allow_unused != 0);
        for (size_t i = 0; i < found.size(); i++) results[i] = give(found[i]);
        return 0;
    }, -1);
}

// ---- generators, threads, devices -----------------------------------------------------------------------------

LT void* lt_default_generator(int32_t type, int32_t index) {
    return guarded([&]() -> void* {
        return new at::Generator(at::globalContext().defaultGenerator(device_of(type, index)));
    }, nullptr);
}

LT void* lt_new_generator(uint64_t seed, int32_t type, int32_t index) {
    return guarded([&]() -> void* {
        auto device = device_of(type, index);
        at::Generator generator = device.is_cpu() ? at::Generator(at::detail::createCPUGenerator(seed))
                                                  : at::globalContext().defaultGenerator(device).clone();
        generator.set_current_seed(seed);
        return new at::Generator(generator);
    }, nullptr);
}

LT void lt_release_generator(void* handle) { delete static_cast<at::Generator*>(handle); }

LT int32_t lt_set_seed(void* handle, uint64_t seed) {
    return guarded([&]() -> int32_t {
        auto& generator = *static_cast<at::Generator*>(handle);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(seed);
        return 0;
    }, -1);
}

LT int64_t lt_seed(void* handle) { return static_cast<int64_t>(static_cast<at::Generator*>(handle)->current_seed()); }

LT int32_t lt_manual_seed(uint64_t seed) {
    return guarded([&]() -> int32_t { at::manual_seed(seed); return 0; }, -1);
}

LT int32_t lt_threads() { return at::get_num_threads(); }

// OpenBLAS keeps a pool of its own that at::set_num_threads does not reach.
LT int32_t lt_set_threads(int32_t count) {
    return guarded([&]() -> int32_t {
        at::set_num_threads(count);
        using SetThreads = void (*)(int);
        static auto set_blas = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
        if (set_blas != nullptr) set_blas(count);
        return 0;
    }, -1);
}

LT int32_t lt_cuda_available() {
    return guarded([&]() -> int32_t { return at::globalContext().hasCUDA() ? 1 : 0; }, 0);
}
LT int32_t lt_cuda_count() {
    return guarded([&]() -> int32_t {
        return at::globalContext().hasCUDA()
            ? static_cast<int32_t>(c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount()) : 0;
    }, 0);
}
LT int32_t lt_cuda_synchronize(int32_t index) {
    return guarded([&]() -> int32_t {
        c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
        guard.getStream(device_of(1, index < 0 ? guard.getDevice().index() : index)).synchronize();
        return 0;
    }, -1);
}
