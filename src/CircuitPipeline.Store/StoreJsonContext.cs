using System.Text.Json.Serialization;

namespace CircuitPipeline.Store;

[JsonSerializable(typeof(LockHolder))]
[JsonSerializable(typeof(KeyFile))]
[JsonSerializable(typeof(RecordFile))]
[JsonSerializable(typeof(StudyLockFile))]
internal sealed partial class StoreJsonContext : JsonSerializerContext;
