using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class CorpusSpecProblems
{
    [Fact]
    public void The_default_study_has_none()
    {
        Assert.Empty(TinyStudy.Corpus.Problems());
        Assert.Empty(TinyStudy.Splits.Problems(TinyStudy.Corpus));
    }

    [Fact]
    public void All_are_named_at_once()
    {
        CorpusWeights weights = TinyStudy.Corpus.Weights with { Digits = -1, TwoStep = double.NaN };
        CorpusSpec spec = TinyStudy.Corpus with
        {
            MaxNumber = 9,
            Lines = 0,
            SmallLimit = 5,
            LargeShare = 1,
            Weights = weights,
        };

        Assert.Equal(
            [
                "max_number is 9, but 100 to 1,000 is allowed.",
                "lines is 0, but 1 to 10,000,000 is allowed.",
                "small_limit is 5, but 1 to half of max_number, 4, is allowed.",
                "large_share is 1, but a share above 0 and below 1 is allowed.",
                "weights.digits is -1, but 0 to 1,000,000 is allowed.",
                "weights.two_step is NaN, but 0 to 1,000,000 is allowed.",
            ],
            spec.Problems().Select(problem => $"{problem.Key} {problem.Message}")
        );
    }

    [Fact]
    public void Weights_that_are_all_zero_are_one()
    {
        CorpusWeights none = new()
        {
            Sequences = 0,
            Maximum = 0,
            Digits = 0,
            AddSubSmall = 0,
            AddSubLarge = 0,
            MulDiv = 0,
            TwoStep = 0,
        };

        Assert.Equal("sequences", Assert.Single(none.Problems()).Key);
    }

    [Fact]
    public void Weights_that_are_all_zero_are_none_where_tasks_give_lines()
    {
        CorpusSpec spec = TinyStudy.Corpus with { Weights = new CorpusWeights() };
        CorpusTask task = new()
        {
            Task = "lcm",
            Weight = 1,
            Share = 0.1,
        };

        Assert.Empty((spec with { Tasks = [task] }).Problems());
        Assert.Single((spec with { Tasks = [] }).Problems());
        Assert.Single((spec with { Tasks = [task with { Weight = 0 }] }).Problems());
    }

    [Fact]
    public void Tasks_that_give_no_lines_are_named()
    {
        CorpusTask task = new()
        {
            Task = "lcm",
            Weight = 1,
            Share = 0.1,
        };
        CorpusSpec spec = TinyStudy.Corpus with
        {
            Tasks =
            [
                task,
                task with
                {
                    Weight = -1,
                    BackgroundWeight = 2_000_000,
                },
                task with
                {
                    Task = "lmc",
                    Share = 0,
                },
            ],
        };

        string[] problems = [.. spec.Problems().Select(problem => $"{problem.Key} {problem.Message}")];

        Assert.Equal("tasks.background_weight is 2000000, but 'lcm' builds on nothing; leave it out.", problems[0]);
        Assert.Equal("tasks.weight is -1, but 0 to 1,000,000 is allowed.", problems[1]);
        Assert.Equal("tasks.background_weight is 2000000, but 0 to 1,000,000 is allowed.", problems[2]);
        Assert.StartsWith("tasks.task is 'lmc', but 'add-sub', 'mul-div', ", problems[3]);
        Assert.Equal("tasks.share is 0, but a share above 0 and below 1 is allowed.", problems[4]);
        Assert.Equal("tasks names 'lcm' twice, but a task is listed once; leave one out.", problems[5]);
        Assert.Equal(6, problems.Length);
    }

    [Fact]
    public void Splits_that_need_more_operand_pairs_than_there_are_are_one()
    {
        CorpusSpec corpus = TinyStudy.Corpus with { MaxNumber = 128 };

        SpecProblem problem = Assert.Single(TinyStudy.Splits.Problems(corpus));

        Assert.Equal(
            "and the other splits need 3,400 operand pairs, but 3,227 lie outside the corpus's share; ask for fewer rows or raise max_number.",
            problem.Message
        );
        Assert.Throws<ArgumentException>(() => TargetSplits.Draw(corpus, TinyStudy.Splits, TinyStudy.Seed));
    }

    [Fact]
    public void A_split_without_rows_is_one()
    {
        SpecProblem problem = Assert.Single((TinyStudy.Splits with { Circuit = 0 }).Problems(TinyStudy.Corpus));

        Assert.Equal("circuit is 0, but 1 to 10,000,000 is allowed.", $"{problem.Key} {problem.Message}");
    }
}
