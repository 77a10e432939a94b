using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Pipeline;

namespace Zoetrope.Generator.Tests;

public class IncrementalTests
{
    private static readonly string[] _perEndpoint = [StageNames.Merge, StageNames.Bind, StageNames.Emit];

    [Fact]
    public void An_edit_of_unrelated_code_runs_nothing()
    {
        var project = new Project(TestFiles.Kling);
        var driver = project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        var edited = project.Compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("internal class Unrelated;", (CSharpParseOptions)project.Compilation.SyntaxTrees[0].Options));

        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results[0];

        foreach (var (name, steps) in result.TrackedSteps)
        {
            // The few facts about the project's references are looked at again; they have not changed.
            if (name is "Compilation")
                continue;
            Assert.All(Reasons(steps), reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
            if (name is not (StageNames.EmitOptions or StageNames.OwnModels) && typeof(StageNames).GetField(name) is not null)
                Assert.All(Reasons(steps), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        }
        Assert.All(result.TrackedOutputSteps.SelectMany(step => Reasons(step.Value)), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void An_edit_of_one_document_runs_only_its_endpoint()
    {
        var other = OtherEndpoint();
        var result = Edit([.. TestFiles.Kling, other], other.Path, spec => spec.Replace("\"maxLength\": 100", "\"maxLength\": 99"));

        foreach (var name in _perEndpoint)
            AssertOneRan(result.TrackedSteps[name], 3);
        Assert.All(Reasons(result.TrackedSteps[StageNames.NeutralBind]), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        AssertOneRan(result.TrackedSteps[StageNames.Read], 5);
    }

    [Fact]
    public void An_edit_of_a_neutral_models_endpoint_runs_the_neutral_model_too()
    {
        var page = TestFiles.EachlabsPage;
        var result = Edit(TestFiles.Kling, page.Path, spec => spec.Replace("0–5", "0–6"));

        AssertOneRan(result.TrackedSteps[StageNames.Bind], 2);
        Assert.All(Reasons(result.TrackedSteps[StageNames.NeutralBind]), reason => Assert.Equal(IncrementalStepRunReason.Modified, reason));
    }

    [Fact]
    public void An_edit_of_white_space_ends_after_reading()
    {
        var result = Edit(TestFiles.Kling, TestFiles.FalOpenApi.Path, spec => spec with { Text = "\n\n" + spec.Text.Replace("\n", "\n ") });

        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(result.TrackedSteps[StageNames.Read]));
        foreach (var name in _perEndpoint)
            Assert.All(Reasons(result.TrackedSteps[name]), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(result.TrackedOutputSteps.SelectMany(step => Reasons(step.Value)), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_change_of_the_language_version_runs_only_emitting()
    {
        var project = new Project(TestFiles.Kling);
        var driver = project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        var older = new Project(TestFiles.Kling, LanguageVersion.CSharp12);

        var result = driver.RunGenerators(older.Compilation, TestContext.Current.CancellationToken).GetRunResult().Results[0];

        Assert.All(Reasons(result.TrackedSteps[StageNames.Bind]), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(Reasons(result.TrackedSteps[StageNames.Emit]), reason => Assert.Equal(IncrementalStepRunReason.Modified, reason));
    }

    [Fact]
    public void No_step_holds_what_the_compiler_would_keep_alive()
    {
        var project = new Project(TestFiles.Kling);
        var result = project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken).GetRunResult().Results[0];
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var name in typeof(StageNames).GetFields().Select(field => (string)field.GetRawConstantValue()!))
        {
            foreach (var step in result.TrackedSteps.GetValueOrDefault(name, []))
            {
                foreach (var (value, _) in step.Outputs)
                    Walk(value, name, seen);
            }
        }
        Assert.True(seen.Count > 100, "The walk went nowhere.");
    }

    private static GeneratorRunResult Edit(Spec[] specs, string path, Func<Spec, Spec> edit)
    {
        var project = new Project(specs);
        var driver = project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        var old = project.Texts.Single(text => text.Path == path);
        driver = driver.ReplaceAdditionalText(old, new SpecText(edit(old.Spec)));
        return driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken).GetRunResult().Results[0];
    }

    /// <summary>An OpenAPI document of another endpoint.</summary>
    internal static Spec OtherEndpoint() => Documents.FalOpenApi("fal-ai/other", """{"prompt": {"type": "string", "maxLength": 100}}""");

    private static void AssertOneRan(ImmutableArray<IncrementalGeneratorRunStep> steps, int count)
    {
        var reasons = Reasons(steps).ToList();
        Assert.Equal(count, reasons.Count);
        Assert.Equal(1, reasons.Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(count - 1, reasons.Count(reason => reason == IncrementalStepRunReason.Cached));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(ImmutableArray<IncrementalGeneratorRunStep> steps) =>
        steps.SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static void Walk(object? value, string step, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;
        var type = value.GetType();
        Assert.False(
            type.Namespace!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
                && type.Name is not ("TextSpan" or "LinePositionSpan" or "LinePosition"),
            $"The step {step} holds a {type}.");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Walk(item, step, seen);
        }
        if (type.Namespace.StartsWith("Zoetrope", StringComparison.Ordinal))
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
                Walk(field.GetValue(value), step, seen);
        }
    }
}
