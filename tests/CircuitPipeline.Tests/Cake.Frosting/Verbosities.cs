using Cake.Core.Diagnostics;
using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Verbosities
{
    private readonly NotedBuild _build = new(typeof(Speak), typeof(Break));

    [Theory]
    [InlineData("quiet", "")]
    [InlineData("minimal", "warning")]
    [InlineData("normal", "warning information")]
    [InlineData("verbose", "warning information verbose")]
    [InlineData("Diagnostic", "warning information verbose debug")]
    public void Choose_what_is_printed(string verbosity, string expected)
    {
        Assert.Equal(0, _build.Run("--target=Speak", "--verbosity", verbosity));

        string[] said = ["warning", "information", "verbose", "debug"];
        string text = _build.Printed + _build.Console.Error;
        Assert.Equal(expected, string.Join(' ', said.Where(level => text.Contains($"a word of {level}"))));
    }

    [Fact]
    public void Never_hide_the_error()
    {
        Assert.Equal(255, _build.Run("--target=Break", "-v", "quiet"));

        Assert.EndsWith("\nError: the cup fell\n", _build.Console.Error.ToString());
    }

    [Fact]
    public void Of_diagnosis_show_where_the_error_was_thrown()
    {
        Assert.Equal(255, _build.Run("--target=Break", "--verbosity=diagnostic"));

        Assert.Contains($"{nameof(Break)}.{nameof(Break.Run)}", _build.Console.Error.ToString());
    }

    [Fact]
    public void That_do_not_exist_fail_and_nothing_runs()
    {
        Assert.Equal(255, _build.Run("--target=Speak", "--verbosity=loud"));

        Assert.Empty(_build.Notes);
    }

    private sealed class Speak : FrostingTask<NotedContext>
    {
        public override void Run(NotedContext context)
        {
            context.Note("spoke");
            context.Log.Warning("a word of {0}", "warning");
            context.Log.Information("a word of {0}", "information");
            context.Log.Verbose("a word of {0}", "verbose");
            context.Log.Debug("a word of {0}", "debug");
        }
    }

    private sealed class Break : FrostingTask<NotedContext>
    {
        public override void Run(NotedContext context) => throw new InvalidOperationException("the cup fell");
    }
}
