namespace CircuitPipeline.BuildHost;

/// <summary>A program that tests start.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Packages">Debian's packages that bring it, its own first.</param>
/// <param name="Lack">What happens without it.</param>
public sealed record ProgramOfTests(string Name, string[] Packages, string Lack)
{
    /// <summary>Opens the report. A page without any font is measured and drawn differently.</summary>
    public static ProgramOfTests Browser { get; } =
        new("chromium", ["chromium", "fonts-dejavu-core"], "the report's browser test is skipped");

    /// <summary>Stands for other processors, in slow tests.</summary>
    public static ProgramOfTests Emulator { get; } =
        new("qemu-x86_64", ["qemu-user"], "the tests of other processors are skipped");
}

/// <summary>Sees to it that the programs are there that tests start; without one they are skipped, visibly.</summary>
public sealed class ProgramsOfTests(IMachine machine, string log, Action<string> say)
{
    public void Need(ProgramOfTests program)
    {
        if (machine.HasProgram(program.Name))
        {
            return;
        }

        AptPackages apt = new(machine, log, say);
        if (!apt.MayInstall || !apt.Install(program.Packages))
        {
            say(
                $"Going on without '{program.Name}', so {program.Lack}; run '{AptPackages.CommandFor(program.Packages[0])}' to have it."
            );
        }
    }
}
