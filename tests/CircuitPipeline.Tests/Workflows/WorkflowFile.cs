using CircuitPipeline.Testing;
using YamlDotNet.RepresentationModel;

namespace CircuitPipeline.Tests.Workflows;

/// <summary>A workflow of .github/workflows, read.</summary>
internal sealed class WorkflowFile
{
    private readonly YamlMappingNode _root;

    private WorkflowFile(string name)
    {
        Path = System.IO.Path.Combine(Folder, name);
        YamlStream stream = [];
        using StreamReader reader = File.OpenText(Path);
        stream.Load(reader);
        _root = (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    internal static string Folder => System.IO.Path.Combine(RepositoryRoot.Path, ".github", "workflows");

    internal static WorkflowFile Ci => new("ci.yml");

    internal static WorkflowFile Study => new("study.yml");

    internal string Path { get; }

    internal YamlMappingNode Job => (YamlMappingNode)((YamlMappingNode)At(_root, "jobs")).Children.Single().Value;

    internal WorkflowStep[] Steps =>
        [.. ((YamlSequenceNode)At(Job, "steps")).Cast<YamlMappingNode>().Select(step => new WorkflowStep(step))];

    /// <summary>The value at a path of keys, as text.</summary>
    internal string Text(params string[] keys) => keys.Aggregate((YamlNode)_root, At).ToString();

    internal static string TextOf(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? value) ? value.ToString() : "";

    internal static string[] ListOf(YamlMappingNode node, string key) =>
        node.Children[key] is YamlSequenceNode list ? [.. list.Select(item => item.ToString())] : [TextOf(node, key)];

    private static YamlNode At(YamlNode node, string key) => ((YamlMappingNode)node).Children[key];
}

/// <summary>A step: a script, or an action of others.</summary>
internal sealed class WorkflowStep(YamlMappingNode node)
{
    internal string Name => WorkflowFile.TextOf(node, "name");

    internal string Uses => WorkflowFile.TextOf(node, "uses");

    internal string Run => WorkflowFile.TextOf(node, "run");

    internal string If => WorkflowFile.TextOf(node, "if");

    internal string With(string key) =>
        node.Children.TryGetValue("with", out YamlNode? with) ? WorkflowFile.TextOf((YamlMappingNode)with, key) : "";
}
