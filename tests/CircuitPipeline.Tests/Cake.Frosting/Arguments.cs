using Cake.Core;
using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Arguments
{
    private readonly NotedBuild _build = new(typeof(Default));

    [Theory]
    [InlineData("experiment=tiny", "--experiment=tiny")]
    [InlineData("experiment=tiny", "--experiment", "tiny")]
    [InlineData("experiment=tiny", "--EXPERIMENT=tiny")]
    [InlineData("experiment=a=b", "--experiment=a=b")]
    [InlineData("experiment=my study", "--experiment=my study")]
    [InlineData("experiment=one|two", "--experiment=one", "--experiment=two")]
    [InlineData("jobs=2", "--jobs", "2")]
    [InlineData("experiment=tiny; jobs=2", "--experiment", "tiny", "--jobs=2")]
    [InlineData("update-lock=", "--update-lock")]
    [InlineData("update-lock=; jobs=2", "--update-lock", "--jobs=2")]
    [InlineData("", "--verbosity=quiet")]
    public void Are_what_the_host_itself_does_not_know(string expected, params string[] args)
    {
        Assert.Equal(0, _build.Run(args));

        Assert.Equal(expected, string.Join("; ", _build.Notes));
    }

    [Fact]
    public void That_were_not_given_are_absent()
    {
        NotedBuild build = new(typeof(Ask));

        Assert.Equal(0, build.Run("--target=Ask", "--device=cpu"));

        Assert.Equal(["device: cpu", "experiment: none"], build.Notes);
    }

    [Fact]
    public void Include_the_targets()
    {
        NotedBuild build = new(typeof(AskTargets), typeof(Default));

        Assert.Equal(0, build.Run("--target=AskTargets", "--target=Default"));

        Assert.Equal("AskTargets Default", build.Notes[0]);
    }

    private sealed class Default : FrostingTask<NotedContext>
    {
        public override void Run(NotedContext context)
        {
            string[] names = ["experiment", "update-lock", "jobs", "verbosity"];
            foreach (string name in names.Where(context.Arguments.HasArgument))
            {
                context.Note($"{name}={string.Join('|', context.Arguments.GetArguments(name))}");
            }
        }
    }

    private sealed class Ask : FrostingTask<NotedContext>
    {
        public override void Run(NotedContext context)
        {
            context.Note("device: " + context.Arguments.GetArgument("device"));
            context.Note("experiment: " + (context.Arguments.GetArgument("experiment") ?? "none"));
        }
    }

    private sealed class AskTargets : FrostingTask<NotedContext>
    {
        public override void Run(NotedContext context) =>
            context.Note(string.Join(' ', context.Arguments.GetArguments("target")));
    }
}
