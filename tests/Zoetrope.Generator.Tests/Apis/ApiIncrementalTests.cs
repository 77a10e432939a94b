using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Pipeline;

namespace Zoetrope.Generator.Tests;

/// <summary>What an edit runs again.</summary>
public class ApiIncrementalTests
{
    private static readonly string[] _steps = [StageNames.ApiGroup, StageNames.ApiBind, StageNames.ApiUnits, StageNames.ApiEmit];

    [Fact]
    public void An_edit_of_one_operation_writes_only_its_file()
    {
        var result = Edit(StudioApi.Document, spec => spec.Replace("\"maximum\": 50", "\"maximum\": 60"));

        var sources = result.TrackedSteps[StageNames.ApiEmit].SelectMany(step => step.Outputs).ToList();
        Assert.Equal(13, sources.Count);
        Assert.Single(sources, source => source.Reason == IncrementalStepRunReason.Modified);
        Assert.All(
            sources.Where(source => source.Reason != IncrementalStepRunReason.Modified),
            source => Assert.Equal(IncrementalStepRunReason.Cached, source.Reason));
        Assert.Contains("max: 60L", result.GeneratedSources.Single(source => source.HintName == "Demo.Models.Studio.ListClips.g.cs").SourceText.ToString());
    }

    [Fact]
    public void An_edit_of_a_shared_schema_leaves_operations_that_only_name_it()
    {
        var result = Edit(StudioApi.Document, spec => spec.Replace("\"maxLength\": 5}", "\"maxLength\": 6}"));

        var sources = result.TrackedSteps[StageNames.ApiEmit].SelectMany(step => step.Outputs).ToList();
        Assert.Single(sources, source => source.Reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void An_edit_of_unrelated_code_or_of_a_model_runs_nothing()
    {
        var other = IncrementalTests.OtherEndpoint();
        var project = new Project([StudioApi.Document, other]);
        var driver = project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        var code = CSharpSyntaxTree.ParseText("internal class Unrelated;", (CSharpParseOptions)project.Compilation.SyntaxTrees[0].Options);

        var unrelated = driver.RunGenerators(project.Compilation.AddSyntaxTrees(code), TestContext.Current.CancellationToken).GetRunResult().Results[0];
        var text = project.Texts.Single(one => one.Path == other.Path);
        var model = driver.ReplaceAdditionalText(text, new SpecText(other.Replace("100", "99"))).RunGenerators(
            project.Compilation,
            TestContext.Current.CancellationToken).GetRunResult().Results[0];

        foreach (var result in new[] { unrelated, model })
        {
            foreach (var step in _steps)
                Assert.All(Reasons(result.TrackedSteps[step]), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        }
    }

    [Fact]
    public void An_edit_of_white_space_ends_after_reading()
    {
        var result = Edit(StudioApi.Document, spec => spec with { Text = "\n" + spec.Text });

        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(result.TrackedSteps[StageNames.Read]));
        foreach (var step in _steps)
            Assert.All(Reasons(result.TrackedSteps[step]), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    private static GeneratorRunResult Edit(Spec spec, Func<Spec, Spec> edit)
    {
        var project = new Project([spec]);
        var driver = project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        driver = driver.ReplaceAdditionalText(project.Texts[0], new SpecText(edit(spec)));
        return driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken).GetRunResult().Results[0];
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(ImmutableArray<IncrementalGeneratorRunStep> steps) =>
        steps.SelectMany(step => step.Outputs).Select(output => output.Reason);
}
