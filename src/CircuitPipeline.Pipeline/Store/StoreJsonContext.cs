using System.Text.Json.Serialization;
using CircuitPipeline.Pipeline.Locks;

namespace CircuitPipeline.Pipeline.Store;

[JsonSerializable(typeof(LockHolder))]
[JsonSerializable(typeof(KeyFile))]
[JsonSerializable(typeof(RecordFile))]
[JsonSerializable(typeof(StudyLockFile))]
internal sealed partial class StoreJsonContext : JsonSerializerContext;
