using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Locks;

/// <summary>Compares a stage's results with the study's committed lock, or writes them into it when asked to.</summary>
internal sealed class LockReport(LockFile file, string study, LockedOn here, StageGraph graph, RunLog log)
{
    private const string HowTo = "write it with --update-lock";
    private const string NoEngine = "none";
    private readonly HashSet<string> _written = [];
    private bool _saidMissing;

    // Of a stage without an engine the inputs depend on it, too.
    private string? _engine;

    /// <summary>One line that says how the results relate to the lock; a difference is never an error.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="records">What its items made.</param>
    /// <param name="engine">The engine, when an item of the stage uses it.</param>
    public void Compare(string stage, IReadOnlyCollection<ItemRecord> records, string? engine)
    {
        _engine = engine ?? _engine;
        if (!File.Exists(file.Path))
        {
            if (!_saidMissing)
            {
                log.Line($"There is no lock '{file.ShownAs}' to compare with; {HowTo}.");
            }

            _saidMissing = true;
            return;
        }
        if (Read() is not { } studyLock)
        {
            return;
        }

        LockComparison comparison = studyLock.Compare(records, here, _engine ?? studyLock.Engine);
        string differing = string.Join(
            "; ",
            comparison.Differences.Select(found => $"{found.Item}: {found.Explanation}")
        );
        log.Line(
            comparison switch
            {
                { IsEqual: true } => $"{stage}: as in '{file.ShownAs}' ({Count(records.Count)}).",
                { IsSameNumerics: false } =>
                    $"{stage}: note: '{file.ShownAs}' was made with numerics '{studyLock.On.Numerics}', here they are '{here.Numerics}', and differs: {differing}.",
                { MustBeEqual: false } =>
                    $"{stage}: note: '{file.ShownAs}' was made with fast numerics on another processor class ({studyLock.On.Processor}, here {here.Processor}) and differs: {differing}.",
                { IsSameEngine: false } =>
                    $"{stage}: note: '{file.ShownAs}' was made with another engine ({studyLock.Engine}, here {_engine}) and differs: {differing}.",
                _ => $"{stage}: warning: '{file.ShownAs}' differs: {differing}; if this is meant, {HowTo}.",
            }
        );
    }

    /// <summary>Puts the stage's results in place of what the lock said of the stage.</summary>
    public void Update(string stage, IReadOnlyCollection<ItemRecord> records, string? engine)
    {
        _engine = engine ?? _engine;
        StudyLock old = (File.Exists(file.Path) ? Read() : null) ?? StudyLock.Empty(study, here, _engine ?? NoEngine);
        // Bytes that need not be equal do not mix.
        bool startsAnew =
            old.Study != study
            || !old.On.GivesTheBytesOf(here)
            || (_engine is not null && old.Engine != NoEngine && old.Engine != _engine);
        StudyLock kept = old with
        {
            Study = study,
            On = here,
            Engine = _engine ?? old.Engine,
            Items = old.Items.RemoveRange(
                old.Items.Keys.Where(name =>
                    IsOf(stage, name)
                    || !graph.Stages.Any(known => !known.IsGroup && IsOf(known.Name, name)) // a stage of an earlier version
                    || (startsAnew && !_written.Any(own => IsOf(own, name)))
                )
            ),
        };
        _written.Add(stage);
        bool changed = kept.With(records).Write(file.Path);
        log.Line($"{stage}: {(changed ? "written to" : "already in")} '{file.ShownAs}' ({Count(records.Count)}).");
    }

    private static bool IsOf(string stage, string item) => item.StartsWith($"{stage}/", StringComparison.Ordinal);

    private StudyLock? Read()
    {
        try
        {
            return StudyLock.Read(file.Path);
        }
        catch (InvalidDataException damaged)
        {
            log.Line($"warning: {damaged.Message}");
            return null;
        }
    }

    private static string Count(int items) => items == 1 ? "1 item" : $"{items} items";
}

/// <summary>Where a study's lock lies.</summary>
/// <param name="Path">The file.</param>
/// <param name="ShownAs">The file as messages name it.</param>
public sealed record LockFile(string Path, string ShownAs);
