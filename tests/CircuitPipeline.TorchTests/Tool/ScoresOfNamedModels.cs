using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>Files of scores say which model they are of: by a digest, and by id and commit where it is the Hub's.</summary>
public sealed class ScoresOfNamedModels : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Have_the_digest_that_the_shell_gives_and_another_for_other_weights()
    {
        ModelOrigin model = Attribute("model");
        string path = _folder["model/model.safetensors"];
        byte[] weights = File.ReadAllBytes(path);
        weights[^1] ^= 1;
        File.WriteAllBytes(path, weights);

        ModelOrigin changed = Attribute("model");

        Assert.Equal((null, null, null), (model.Id, model.Commit, model.Adapter));
        Assert.NotEqual(model.Digest, changed.Digest);
        Assert.Equal(DigestOf("config.json", "model.safetensors"), changed.Digest);
    }

    [Fact]
    public void Have_the_same_digest_from_the_Hubs_cache_and_id_and_commit_as_circuits_of_them_do()
    {
        ModelOrigin folder = Attribute("model");
        Cache();

        ModelOrigin hub = Attribute("org/name@v1");

        Assert.Equal(folder with { Id = "org/name", Commit = Commit }, hub);
        Assert.Equal(0, _folder.Run("select --scores s.json --selector top-n --edges 20 --out c.json").ExitCode);
        Assert.Equal(hub, CircuitFile.Read(_folder["c.json"]).Scores!.Origin.Model);
        string inspected = _folder.Run("inspect c.json").Output;
        Assert.Contains("  model: org/name\n", inspected);
        Assert.Contains($"  commit: {Commit}\n", inspected);
    }

    [Fact]
    public void Take_the_name_of_a_large_blob_for_its_digest()
    {
        Cache();
        string other = new('7', 64);
        string repository = _folder["home/hub/models--org--name"];
        File.Copy(_folder["model/model.safetensors"], Path.Combine(repository, "blobs", other));
        string link = Path.Combine(repository, "snapshots", Commit, "model.safetensors");
        File.Delete(link);
        File.CreateSymbolicLink(link, Path.Combine("..", "..", "blobs", other));

        ModelOrigin model = Attribute("org/name@v1");

        Assert.Equal(Lines($"{Sha256("config.json")}  config.json", $"{other}  model.safetensors"), model.Digest);
    }

    private ModelOrigin Attribute(string model)
    {
        using Process process = ToolRun.Start(
            _folder.Root,
            new Dictionary<string, string> { ["HF_HOME"] = _folder["home"] },
            [
                .. $"attribute --model {model} --pairs pairs.jsonl --method eap --threads 1 --out s.json --json".Split(
                    ' '
                ),
            ]
        );
        ToolRun run = ToolRun.ToItsEnd(process);
        Assert.True(run.ExitCode == 0, run.Error);
        ModelOrigin found = ScoresFile.Read(_folder["s.json"]).Origin.Model!;
        JsonElement told = run.Json.GetProperty("origin").GetProperty("model");
        Assert.Equal(found.Digest, told.GetProperty("digest").GetString());
        return found;
    }

    private void Cache()
    {
        string repository = _folder["home/hub/models--org--name"];
        string snapshot = Path.Combine(repository, "snapshots", Commit);
        Directory.CreateDirectory(snapshot);
        Directory.CreateDirectory(Path.Combine(repository, "blobs"));
        Directory.CreateDirectory(Path.Combine(repository, "refs"));
        File.WriteAllText(Path.Combine(repository, "refs", "v1"), Commit);
        foreach (
            (string file, string blob) in ((string, string)[])
                [("config.json", new string('1', 40)), ("model.safetensors", Sha256("model.safetensors"))]
        )
        {
            File.Copy(_folder[$"model/{file}"], Path.Combine(repository, "blobs", blob));
            File.CreateSymbolicLink(Path.Combine(snapshot, file), Path.Combine("..", "..", "blobs", blob));
        }
    }

    private string DigestOf(params string[] files) => Lines([.. files.Select(file => $"{Sha256(file)}  {file}")]);

    private string Sha256(string file) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder[$"model/{file}"])));

    private static string Lines(params string[] lines) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))))
        );
}
