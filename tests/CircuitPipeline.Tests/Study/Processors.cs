using System.Runtime.InteropServices;
using CircuitPipeline.Pipeline.Running;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class Processors
{
    [Fact]
    public void Of_one_family_model_and_vector_width_are_one_class()
    {
        string[] lines =
        [
            "processor\t: 0",
            "vendor_id\t: GenuineIntel",
            "cpu family\t: 6",
            "model\t\t: 143",
            "flags\t\t: fpu avx2 avx512f",
            "",
            "model\t\t: 1",
        ];

        Assert.Equal(
            $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} GenuineIntel family 6 model 143 avx512",
            MachineReader.ProcessorClassOf(lines)
        );
    }

    [Fact]
    public void Without_a_description_are_unknown() =>
        Assert.EndsWith(
            " unknown family ? model ? no avx2",
            MachineReader.ProcessorClassOf([]),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_folder_outside_git_has_no_commit()
    {
        MachineFacts facts = MachineReader.Read(Path.GetTempPath());

        Assert.Equal(("none", false), (facts.GitCommit, facts.GitIsDirty));
        Assert.NotEmpty(facts.Host);
    }
}
