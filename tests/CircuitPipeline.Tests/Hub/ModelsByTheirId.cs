using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Studies;
using CircuitPipeline.Tests.ToolFront;
using Xunit;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary><c>fetch</c>, and then the same id in the place of a folder, from the command line to the cache.</summary>
public sealed class ModelsByTheirId : IDisposable
{
    private const string Secret = "hf_secretOfThisTest";
    private const string First = "model-00001-of-00002.safetensors";
    private const string Second = "model-00002-of-00002.safetensors";

    private readonly FakeHub _hub = new();
    private readonly CircuitFilesOfATest _files = new();
    private readonly Dictionary<string, string> _variables;

    public ModelsByTheirId()
    {
        _variables = new() { ["HF_HOME"] = _files["home"], ["HF_ENDPOINT"] = _hub.Address.ToString() };
        _hub.Files["config.json"] = File.ReadAllBytes(_files["model/config.json"]);
        File.WriteAllText(_files["pairs.jsonl"], """{"clean": [1, 2], "corrupted": [1, 3], "label": [4, 5]}""");
    }

    private string Repository => Path.Combine(_files["home"], "hub", "models--org--name");

    public void Dispose()
    {
        _hub.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("HF_HOME", "hub")]
    [InlineData("HF_HUB_CACHE", "")]
    public void Are_fetched_into_the_cache_of_the_environment_and_found_there(string variable, string below)
    {
        _variables.Remove("HF_HOME");
        _variables[variable] = _files["else"];

        InProcess fetched = Run("fetch", "org/name");

        Assert.True(fetched.ExitCode == 0, fetched.Error);
        string folder = Path.Combine(_files["else"], below, "models--org--name", "snapshots", FakeHub.Commit);
        Assert.Equal(
            $"2 files of 'org/name' at commit {FakeHub.Commit}, 0.1 MB, of which 0.1 MB came now: '{folder}'.\n",
            fetched.Output
        );
        JsonElement found = Run("inspect", "org/name", "--json").Json;
        Assert.Equal("org/name", found.GetProperty("path").GetString());
        Assert.Equal("model", found.GetProperty("kind").GetString());
        Assert.Equal(FakeHub.Commit, found.GetProperty("facts").GetProperty("commit").GetString());
        Assert.Equal(folder, found.GetProperty("facts").GetProperty("folder").GetString());
        InProcess pairs = Run("pairs", _files["pairs.jsonl"], "--model", "org/name", "--out", _files["ids.jsonl"]);
        Assert.True(pairs.ExitCode == 0, pairs.Error);
        Assert.Single(File.ReadAllLines(_files["ids.jsonl"]));
    }

    [Fact]
    public void Are_found_at_the_revision_that_was_fetched_alone()
    {
        Assert.Equal(0, Run("fetch", "org/name@pr/1").ExitCode);

        InProcess same = Run("inspect", "org/name@pr/1");
        InProcess commit = Run("inspect", $"org/name@{FakeHub.Commit[..7]}");
        InProcess main = Run("inspect", "org/name");

        Assert.Equal((0, 0), (same.ExitCode, commit.ExitCode));
        Assert.Equal(
            (
                2,
                $"Error: 'org/name': there is no such file or folder, and the Hub's cache ('{Path.Combine(_files["home"], "hub")}') has other revisions of this model alone ('pr/1', '0123456789ab'); see that the name is right, or bring the model with 'dotnet circuit fetch org/name'.\n"
            ),
            (main.ExitCode, main.Error)
        );
        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(Repository, "refs", "pr", "1")));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(401, "it is private")]
    [InlineData(403, "accept its licence")]
    [InlineData(404, "has no model 'org/name'")]
    [InlineData(418, "answers 418")]
    public void Are_asked_for_with_a_token_that_is_printed_nowhere(int status, string words)
    {
        _variables["HF_TOKEN"] = Secret;
        _hub.Special = request => status == 200 ? null : HubAnswer.Text(status, Secret, $"X-Request-Id: {Secret}");

        InProcess plain = Run("fetch", "org/name");
        InProcess json = Run("fetch", "org/name", "--json");

        Assert.Contains(words, plain.Error);
        Assert.Equal(status == 200 ? (0, 0) : (1, 1), (plain.ExitCode, json.ExitCode));
        Assert.DoesNotContain(Secret, plain.Output + plain.Error + json.Output + json.Error);
        Assert.All(_hub.Requests, request => Assert.Equal($"Bearer {Secret}", request.Token));
        Assert.DoesNotContain(
            Directory.GetFiles(_files.Path, "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains(Secret, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void With_a_token_that_is_none_are_not_asked_for_and_it_is_not_shown()
    {
        _variables["HF_TOKEN"] = $"{Secret} and more";

        InProcess run = Run("fetch", "org/name");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("HF_TOKEN: what stands there is no token", run.Error);
        Assert.DoesNotContain(Secret, run.Error);
        Assert.Empty(_hub.Requests);
    }

    [Theory]
    [InlineData("evaluate", "--circuit", "before.json")]
    [InlineData("attribute", "--method", "eap", "--out", "out.json")]
    public void Without_a_shard_say_which_command_brings_it_and_it_does(string command, params string[] options)
    {
        BeOfTwoShards();
        Assert.Equal(0, Run("fetch", "org/name@v1").ExitCode);
        File.Delete(Path.Combine(Repository, "snapshots", FakeHub.Commit, Second));
        string[] line =
        [
            command,
            "--model",
            "org/name@v1",
            "--pairs",
            _files["pairs.jsonl"],
            .. options.Select(option => option.EndsWith(".json") ? _files[option] : option),
        ];

        InProcess run = Run(line);
        InProcess inspected = Run("inspect", "org/name@v1");

        string sentence =
            $"'org/name@v1' (commit {FakeHub.Commit}) is in the Hub's cache without '{Second}'; bring it with 'dotnet circuit fetch org/name@v1'.";
        Assert.Equal((2, "", $"Error: {sentence}\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Contains($"  refused: {sentence}\n", inspected.Output);
        int before = _hub.Requests.Length;
        Assert.Equal(0, Run("fetch", "org/name@v1").ExitCode);
        Assert.DoesNotContain(_hub.Requests[before..], request => request.Method == "GET" && IsFile(request));
        Assert.DoesNotContain(sentence, Run("inspect", "org/name@v1").Output);
    }

    [Fact]
    public void Without_weights_say_in_a_study_how_large_they_are()
    {
        BeOfTwoShards();
        Assert.Equal(0, Run("fetch", "org/name@v1").ExitCode);
        File.Delete(Path.Combine(Repository, "snapshots", FakeHub.Commit, Second));
        Directory.CreateDirectory(_files["experiments"]);
        File.WriteAllText(_files["experiments/small.yaml"], SmallYaml.Text);
        string pairs = string.Join(
            ", ",
            new[] { "train", "validation", "circuit", "circuit_again", "test" }.Select(set => $"{set}: {{file: x.csv}}")
        );
        File.WriteAllText(
            _files["experiments/real.yaml"],
            $"extends: small\nmodel: {{checkpoint: org/name@v1}}\npairs: {{{pairs}}}\n"
        );

        InProcess run = Run("explain", "--root", _files.Path, "--experiment", "real");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("bring it with 'dotnet circuit fetch org/name@v1'. By its configuration it has ", run.Error);
        Assert.Contains("to bring in 16 bits or 0.1 MB in float32", run.Error);
    }

    [Fact]
    public void Give_way_to_a_folder_of_the_same_name()
    {
        string repository = Path.Combine(_files["home"], "hub", "models--model");
        Directory.CreateDirectory(Path.Combine(repository, "snapshots", FakeHub.Commit));
        Directory.CreateDirectory(Path.Combine(repository, "refs"));
        File.WriteAllText(Path.Combine(repository, "refs", "main"), FakeHub.Commit);

        using Process folder = ToolRun.Start(_files.Path, _variables, "inspect", "model", "--json");
        JsonElement found = ToolRun.ToItsEnd(folder).Json;
        Directory.Delete(_files.Model, recursive: true);
        using Process id = ToolRun.Start(_files.Path, _variables, "inspect", "model");
        ToolRun gone = ToolRun.ToItsEnd(id);

        Assert.Equal("gpt_neox", found.GetProperty("facts").GetProperty("family").GetString());
        Assert.Contains("'model': the folder holds neither a model", gone.Error);
    }

    [Theory]
    [InlineData("scores-1.json", "'scores-1.json': there is no such file or folder.")]
    [InlineData("gpt2", "bring the model with 'dotnet circuit fetch gpt2'.")]
    [InlineData("no/such/folder", "'no/such/folder': there is no such file or folder.")]
    public void That_are_not_there_are_told_from_files(string name, string words)
    {
        InProcess run = Run("inspect", name);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, run.Error);
    }

    [Fact]
    public void Copied_as_an_address_are_refused_with_the_form_that_is_meant()
    {
        const string Address = "https://huggingface.co/org/name";
        const string Sentence = "is an address; name the model alone, as 'ORG/NAME' or 'ORG/NAME@REVISION'";

        InProcess[] runs =
        [
            Run("fetch", Address),
            Run("inspect", Address),
            Run("pairs", _files["pairs.jsonl"], "--model", Address, "--out", _files["ids.jsonl"]),
        ];

        Assert.All(runs, run => Assert.Equal(2, run.ExitCode));
        Assert.All(runs, run => Assert.Contains(Sentence, run.Error));
        Assert.Empty(_hub.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hub/models--org--name/blobs")]
    [InlineData("hub/models--org--name/snapshots")]
    [InlineData("hub/models--org--name/refs/main")]
    [InlineData("hub/.locks")]
    public void Say_which_cache_cannot_be_used_where_something_is_in_the_way(string place)
    {
        string obstacle = Path.Combine(_files["home"], place);
        Directory.CreateDirectory(Path.GetDirectoryName(obstacle)!);
        if (place.EndsWith("main", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(obstacle);
        }
        else
        {
            File.WriteAllText(obstacle, "");
        }

        InProcess run = Run("fetch", "org/name");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(
            $"Error: the Hub's cache '{Path.Combine(_files["home"], "hub")}' cannot be used (",
            run.Error
        );
        Assert.EndsWith(
            "; mend what is in its way there, or let HF_HUB_CACHE name a folder that can be written, and run the same command again.\n",
            run.Error
        );
    }

    [Fact]
    public void Are_whole_and_brought_once_where_two_processes_fetch_them_at_the_same_time()
    {
        byte[] weights = new byte[20_000_000];
        new Random(15).NextBytes(weights);
        _hub.Files["model.safetensors"] = weights;
        _hub.Special = request =>
        {
            // Bytes come when both are there.
            bool Both() => _hub.Requests.Count(other => other.Path.StartsWith("/api/", StringComparison.Ordinal)) == 2;
            return request.Method == "GET" && IsFile(request) && !SpinWait.SpinUntil(Both, TimeSpan.FromMinutes(2))
                ? HubAnswer.Text(418, "")
                : null;
        };

        using Process one = ToolRun.Start(_files.Path, _variables, "fetch", "org/name");
        using Process other = ToolRun.Start(_files.Path, _variables, "fetch", "org/name");
        ToolRun[] runs = [ToolRun.ToItsEnd(one), ToolRun.ToItsEnd(other)];

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Error));
        Assert.Single(
            _hub.Requests,
            request => request.Method == "GET" && request.Path.EndsWith("/model.safetensors", StringComparison.Ordinal)
        );
        Assert.Equal(
            weights,
            File.ReadAllBytes(Path.Combine(Repository, "snapshots", FakeHub.Commit, "model.safetensors"))
        );
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Repository, "blobs")).Length);
    }

    private static bool IsFile(HubRequest request) => request.Path.Contains("/resolve/", StringComparison.Ordinal);

    private void BeOfTwoShards()
    {
        _hub.Files.Remove("model.safetensors");
        _hub.Files[First] = [1, 2];
        _hub.Files[Second] = [3, 4];
        _hub.Files["model.safetensors.index.json"] = Encoding.UTF8.GetBytes(
            $$"""{"weight_map":{"a":"{{First}}","b":"{{Second}}"} }"""
        );
    }

    private InProcess Run(params string[] arguments) => InProcess.Run(_variables.GetValueOrDefault, arguments);
}
