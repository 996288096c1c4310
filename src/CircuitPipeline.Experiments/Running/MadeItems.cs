using System.Collections.Concurrent;
using CircuitPipeline.Store;

namespace CircuitPipeline.Experiments;

/// <summary>The records that a session made, or found whole in the store.</summary>
internal sealed class MadeItems
{
    private readonly ConcurrentDictionary<(string Stage, string Item), ItemRecord> _records = new();

    public ItemRecord? Find(string stage, string item) => _records.GetValueOrDefault((stage, item));

    public ItemRecord Add(ItemRecord record) => _records[(record.Key.Stage, record.Key.Item)] = record;
}
