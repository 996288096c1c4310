using System.Globalization;
using System.Text;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Reporting.Tables;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>The CSV and JSON files beside the page.</summary>
public sealed class MachineReadableTables
{
    [Theory]
    [InlineData("seeds.csv", "method,base,seed,correct,total,accuracy\nbase,b0,0,2,8,0.25\nLoRA,b0,0,6,8,0.75\n")]
    [InlineData(
        "differences.csv",
        "method,reference,difference,low,high,level,bases,pairs,items\nCircuitLoRA,LoRA,0.125,-0.125,0.375,0.95,1,1,8\n"
    )]
    [InlineData(
        "checkpoints.csv",
        "run,step,loss,validation_accuracy,faithfulness,edges\nLoRA,0,2.5,0.25,0.75,6\nLoRA,100,0.5,0.75,,\n"
    )]
    [InlineData("layers.csv", "rule,layer,sum,critical\nsource layer,0,3,yes\nsource layer,1,1,no\n")]
    [InlineData(
        "plans.csv",
        "plan,rule,why,critical_layers,ranks,alpha_over_rank,trainable_parameters,budget_parameters\nCircuitLoRA,source layer,layer 0 changed most,0,9 3,2,1024,1024\n"
    )]
    [InlineData("stages.csv", "stage,seconds,items,cached\nPretrain,62.25,1,1\nFineTune,20.5,4,0\n")]
    public void Hold_documented_columns(string name, string expected) =>
        Assert.StartsWith(expected, Table(SmallStudy.Results, name));

    [Fact]
    public void Have_as_many_fields_in_every_row_as_in_the_header() =>
        Assert.All(
            ResultTables.Write(SmallStudy.Results).Where(table => table.Name.EndsWith(".csv")),
            table =>
            {
                string[] lines = Text(table).TrimEnd('\n').Split('\n');
                Assert.True(lines.Length > 1, table.Name);
                Assert.All(lines, line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
            }
        );

    [Fact]
    public void Do_not_depend_on_the_culture()
    {
        string expected = Text(ResultTables.Write(SmallStudy.Results)[0]);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, Text(ResultTables.Write(SmallStudy.Results)[0]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Quote_what_would_break_a_row()
    {
        StudyResults results = SmallStudy.Results with { Stages = [new("a,\"b\"\nc", 1, 1, 0)] };

        Assert.EndsWith("\n\"a,\"\"b\"\"\nc\",1,1,0\n", Table(results, "stages.csv"));
    }

    [Fact]
    public void Read_back_from_JSON_as_they_were()
    {
        byte[] json = ResultsJson.Write(SmallStudy.Results);

        StudyResults read = ResultsJson.Read(json);

        Assert.Equal(json, ResultsJson.Write(read));
        Assert.Equal(ReportPage.Write(SmallStudy.Results), ReportPage.Write(read));
    }

    private static string Table(StudyResults results, string name) =>
        Text(ResultTables.Write(results).Single(table => table.Name == name));

    private static string Text(ResultTable table) => Encoding.UTF8.GetString(table.Content.Span);
}
