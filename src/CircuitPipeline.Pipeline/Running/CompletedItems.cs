using System.Collections.Concurrent;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>The records that a session made, or found whole in the store.</summary>
internal sealed class CompletedItems
{
    private readonly ConcurrentDictionary<(string Stage, string Item), ItemRecord> _records = new();

    public ItemRecord? Find(string stage, string item) => _records.GetValueOrDefault((stage, item));

    public ItemRecord Add(ItemRecord record) => _records[(record.Key.Stage, record.Key.Item)] = record;
}
