using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Zoetrope.Generator.Tests;

/// <summary>
/// Editors keep a generator for hours, go back to earlier states of a project and go on from several of them: what it remembers must not show.
/// </summary>
public sealed class EditSequenceTests
{
    private const int Edits = 40;

    private static readonly Spec[] _specs =
    [
        .. TestFiles.Kling, StudioApi.Document, new("specs/specs.lock.json", """{"names": {"fal:fal-ai/model-2": "Second"}}"""),
        .. Enumerable.Range(0, 9).Select(number => Endpoint(number, number)),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_generated_after_any_edits_is_what_a_new_compiler_generates(int seed)
    {
        var random = new Random(seed);
        var project = new Project(_specs);
        List<State> states = [new(project.Driver(trackSteps: false), project.Texts, project.Compilation)];
        for (var i = 0; i < Edits; i++)
        {
            // Mostly the last one goes on.
            var state = Edit(random.Next(4) == 0 ? states[random.Next(states.Count)] : states[^1], random);
            var ran = state with { Driver = state.Driver.RunGenerators(state.Compilation, TestContext.Current.CancellationToken) };
            states.Add(ran);

            var anew = new Project(state.Texts.Select(text => text.Spec)).Driver(trackSteps: false);
            Assert.Equal(
                Describe(anew.RunGenerators(state.Compilation, TestContext.Current.CancellationToken).GetRunResult().Results[0]),
                Describe(ran.Driver.GetRunResult().Results[0]));
        }
    }

    private static State Edit(State state, Random random)
    {
        var text = state.Texts[random.Next(state.Texts.Length)];
        switch (random.Next(6))
        {
            case 0:
                var options = (CSharpParseOptions)state.Compilation.SyntaxTrees[0].Options;
                var code = CSharpSyntaxTree.ParseText($"internal class Unrelated{random.Next()};", options);
                return state with { Compilation = state.Compilation.AddSyntaxTrees(code) };
            case 1 when state.Texts.Length > 3:
                return new(state.Driver.RemoveAdditionalTexts([text]), state.Texts.Remove(text), state.Compilation);
            case 2:
                var more = new SpecText(Endpoint(random.Next(1000, 2000), 5));
                return new(state.Driver.AddAdditionalTexts([more]), state.Texts.Add(more), state.Compilation);
            case 3:
                return new(state.Driver.RemoveAdditionalTexts([text]).AddAdditionalTexts([text]), state.Texts.Remove(text).Add(text), state.Compilation);
            case 4:
                return Replace(state, text, text.Spec with { Text = "\n" + text.Spec.Text });
            default:
                var edited = text.Spec.Text.Replace("\"maxLength\": ", "\"maxLength\": 1", StringComparison.Ordinal);
                return Replace(state, text, text.Spec with { Text = random.Next(5) == 0 ? edited[..(edited.Length / 2)] : edited });
        }
    }

    private static State Replace(State state, SpecText old, Spec spec)
    {
        var text = new SpecText(spec);
        return new(state.Driver.ReplaceAdditionalText(old, text), state.Texts.Replace(old, text), state.Compilation);
    }

    private static Spec Endpoint(int number, int limit) => Documents.FalOpenApi(
        "fal-ai/model-" + number, $$"""{"prompt": {"type": "string", "maxLength": {{limit}} }, "raw": {"description": "d"} }""");

    // The order of files and diagnostics means nothing to the compiler.
    private static IEnumerable<string> Describe(GeneratorRunResult result)
    {
        Assert.Null(result.Exception);
        return result.GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText)
            .Concat(result.Diagnostics.Select(diagnostic => diagnostic + " " + diagnostic.Location.SourceSpan)).Order(StringComparer.Ordinal);
    }

    private sealed record State(GeneratorDriver Driver, ImmutableArray<SpecText> Texts, CSharpCompilation Compilation);
}
