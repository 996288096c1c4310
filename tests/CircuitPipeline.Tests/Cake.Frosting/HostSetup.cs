using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class HostSetup
{
    private readonly NotedBuild _build = new(typeof(Default));

    private static string Folder => new Cake.Core.IO.DirectoryPath(AppContext.BaseDirectory).FullPath;

    [Fact]
    public void By_a_startup_class_adds_its_services()
    {
        _build.Host.UseStartup<Startup>();

        Assert.Equal(0, _build.Run("--target=Extra"));

        Assert.Equal(["setup by startup", "Extra"], _build.Notes);
    }

    [Fact]
    public void Chooses_the_working_directory()
    {
        _build.Host.UseWorkingDirectory("..");

        Assert.Equal(0, _build.Run());

        Assert.Equal([Path.GetDirectoryName(Folder)!], _build.Notes);
    }

    [Theory]
    [InlineData("--working")]
    [InlineData("-w")]
    public void Gives_way_to_the_command_line(string option)
    {
        _build.Host.UseWorkingDirectory("..");

        Assert.Equal(0, _build.Run(option, "."));

        Assert.Equal([Folder], _build.Notes);
    }

    [Fact]
    public void Of_a_missing_working_directory_fails()
    {
        _build.Host.UseWorkingDirectory("no-such-folder");

        Assert.Equal(255, _build.Run());

        Assert.Empty(_build.Notes);
        Assert.Equal(
            $"Error: The working directory '{Folder}/no-such-folder' does not exist.\n",
            _build.Console.Error.ToString()
        );
    }

    private sealed class Default : FrostingTask<NotedContext>
    {
        public override void Run(NotedContext context) => context.Note(context.Environment.WorkingDirectory.FullPath);
    }

    private sealed class Startup : IFrostingStartup
    {
        public void Configure(IServiceCollection services)
        {
            services.AddSingleton<IFrostingTask, Extra>();
            services.UseSetup<SetupByStartup>();
        }
    }

    private sealed class Extra : NotedTask;

    private sealed class SetupByStartup : FrostingSetup<NotedContext>
    {
        public override void Setup(NotedContext context, Cake.Core.ISetupContext info) =>
            context.Note("setup by startup");
    }
}
