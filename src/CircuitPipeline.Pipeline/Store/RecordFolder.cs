using System.Text.Json;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>One JSON file per key; anything that is not exactly a record of its key counts as absent, with a reason.</summary>
internal sealed class RecordFolder(StoreLayout layout)
{
    /// <summary>The record of this key; else what is wrong with its file; else, when there is no file, neither.</summary>
    public (ItemRecord? Record, string? Problem) Find(ItemKey key)
    {
        (ItemRecord? record, string? problem) = Read(layout.Record(key));
        return record is null || record.Key.Equals(key) ? (record, problem) : (null, "it belongs to another key");
    }

    /// <summary>The record in this file, or what is wrong with it.</summary>
    public static (ItemRecord? Record, string? Problem) Read(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return Directory.Exists(path) ? (null, "it is a folder") : (null, null);
            }

            if (file.Length > SmallFile.Largest)
            {
                return (null, $"it has {file.Length} bytes, and the largest record has {SmallFile.Largest}");
            }

            return StoreJson.ReadRecord(SmallFile.Read(path)).ToRecord();
        }
        catch (FileNotFoundException)
        {
            return (null, null);
        }
        catch (JsonException)
        {
            return (null, "it is not the JSON of a record");
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, $"it cannot be read ({unreadable.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Puts the record in its place; readers see the old file or the new one, never half of one.</summary>
    public void Write(ItemRecord record, string temporary) =>
        DurableFile.Write(temporary, layout.Record(record.Key), StoreJson.Write(record));

    /// <summary>The key that this study last had for the key's stage and item; null when unknown.</summary>
    public ItemKey? LastKey(string study, ItemKey key)
    {
        try
        {
            string path = layout.LastKey(study, key);
            return File.Exists(path) ? StoreJson.ReadKey(SmallFile.Read(path)) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Notes the key for later explanations; not worth a flush, nor an error.</summary>
    public void Remember(string study, ItemKey key)
    {
        string path = layout.LastKey(study, key);
        try
        {
            DurableFile.WriteUnflushed(path + ".tmp", path, StoreJson.Write(key)); // one name: kills leave at most one file
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // The next explanation says less.
        }
    }
}
