using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Pipeline;

namespace Zoetrope.Generator.Tests;

public class IncrementalTests
{
    private static readonly string[] _perEndpoint = [StageNames.Merge, StageNames.Bind, StageNames.Emit];

    [Fact]
    public void An_edit_of_unrelated_code_runs_nothing()
    {
        var project = new Project(TestFiles.Kling);
        var edited = project.Compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("internal class Unrelated;", (CSharpParseOptions)project.Compilation.SyntaxTrees[0].Options));

        var rerun = Rerun.Of(project, driver => driver, edited);

        Assert.Contains(StageNames.Emit, rerun.Steps.Keys);
        foreach (var name in rerun.Steps.Keys)
        {
            // The few facts about the project's references are looked at again; they have not changed.
            var expected = name is StageNames.EmitOptions or StageNames.OwnModels ? RowChange.Unchanged : RowChange.Cached;
            Assert.All(rerun.Changes(name), change => Assert.Equal(expected, change));
        }
        Assert.All(rerun.Outputs, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void An_edit_of_one_document_runs_only_its_endpoint()
    {
        var other = OtherEndpoint();
        var rerun = Rerun.Of(new([.. TestFiles.Kling, other]), other.Path, spec => spec.Replace("\"maxLength\": 100", "\"maxLength\": 99"));

        foreach (var name in _perEndpoint)
            AssertOneRan(rerun.Changes(name), 3);
        Assert.All(rerun.Changes(StageNames.NeutralBind), change => Assert.Equal(RowChange.Cached, change));
        AssertOneRan(rerun.Changes(StageNames.Read), 5);
    }

    [Fact]
    public void An_edit_of_a_neutral_models_endpoint_runs_the_neutral_model_too()
    {
        var rerun = Rerun.Of(new(TestFiles.Kling), TestFiles.EachlabsPage.Path, spec => spec.Replace("0–5", "0–6"));

        AssertOneRan(rerun.Changes(StageNames.Bind), 2);
        Assert.All(rerun.Changes(StageNames.NeutralBind), change => Assert.Equal(RowChange.Modified, change));
    }

    [Fact]
    public void An_edit_of_white_space_ends_after_reading()
    {
        var rerun = Rerun.Of(new(TestFiles.Kling), TestFiles.FalOpenApi.Path, spec => spec with { Text = "\n\n" + spec.Text.Replace("\n", "\n ") });

        Assert.Contains(RowChange.Modified, rerun.Changes(StageNames.Read));
        foreach (var name in _perEndpoint)
            Assert.All(rerun.Changes(name), change => Assert.Equal(RowChange.Cached, change));
        Assert.All(rerun.Outputs, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_change_of_the_language_version_runs_only_emitting()
    {
        var rerun = Rerun.Of(new(TestFiles.Kling), driver => driver, new Project(TestFiles.Kling, LanguageVersion.CSharp12).Compilation);

        Assert.All(rerun.Changes(StageNames.Bind), change => Assert.Equal(RowChange.Cached, change));
        Assert.All(rerun.Changes(StageNames.Emit), change => Assert.Equal(RowChange.Modified, change));
    }

    [Fact]
    public void No_step_holds_what_the_compiler_would_keep_alive()
    {
        var project = new Project(TestFiles.Kling);
        project.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (name, rows) in project.Log.Steps)
        {
            foreach (var row in rows)
                Walk(row.Value, name, seen);
        }
        Assert.True(seen.Count > 100, "The walk went nowhere.");
    }

    /// <summary>An OpenAPI document of another endpoint.</summary>
    internal static Spec OtherEndpoint() => Documents.FalOpenApi("fal-ai/other", """{"prompt": {"type": "string", "maxLength": 100}}""");

    private static void AssertOneRan(IEnumerable<RowChange> changes, int count)
    {
        var all = changes.ToList();
        Assert.Equal(count, all.Count);
        Assert.Equal(1, all.Count(change => change == RowChange.Modified));
        Assert.Equal(count - 1, all.Count(change => change == RowChange.Cached));
    }

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
