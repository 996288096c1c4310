namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>The sources of a host that prints its arguments and ends as they say.</summary>
internal static class EchoHost
{
    public const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="Program.cs" />
          </ItemGroup>
        </Project>
        """;

    public const string Program = """
        using System.Runtime.InteropServices;

        foreach (string argument in args)
        {
            Console.WriteLine($"<{argument}>");
        }

        if (args.Contains("--wait"))
        {
            using ManualResetEventSlim signalled = new();
            int code = 0;
            void End(PosixSignalContext context)
            {
                context.Cancel = true;
                code = context.Signal == PosixSignal.SIGINT ? 130 : 143;
                signalled.Set();
            }

            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            Console.WriteLine("ready");
            signalled.Wait(20_000);
            Thread.Sleep(300);
            Console.WriteLine("cleaned up");
            return code;
        }

        string? exit = args.LastOrDefault(argument => argument.StartsWith("--exit="));
        return exit is null ? 0 : int.Parse(exit["--exit=".Length..]);
        """;
}
