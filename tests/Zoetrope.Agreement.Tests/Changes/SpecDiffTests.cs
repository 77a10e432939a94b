using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Model;

namespace Zoetrope.Agreement.Tests;

/// <summary>
/// What <c>zoetrope specs diff</c> reports is what happens: the code of old callers is compiled against what the new documents generate, and requests that the
/// old validator takes are held against the new one.
/// </summary>
public sealed class SpecDiffTests(ITestOutputHelper output)
{
    private const int Requests = 12;

    /// <summary>
    /// Of the 300 pairs of the corpus a third is judged, which has each kind of change several times; <see cref="Slice"/> says how to judge all.
    /// </summary>
    [Theory]
    [InlineData(CompiledModels.Vendored, 60, 1)]
    [InlineData(CompiledModels.Corpus, 300, 3)]
    public void What_is_reported_happens(string source, int count, int slices)
    {
        var documents = source == CompiledModels.Corpus
            ? [.. TestFiles.Corpus("fal-openapi").Select(path => new Spec("fal/" + Path.GetFileName(path), File.ReadAllText(path), "fal"))]
            : SourceDocuments.Vendored()
                .Where(spec => spec.Path.StartsWith("specs/fal/", StringComparison.Ordinal) && spec.Path.EndsWith(".json", StringComparison.Ordinal))
                .ToList();
        var made = DocumentPair.Of(documents, count);
        Assert.Equal(count, made.Count);
        var pairs = Slice.Of(made, slices, output.WriteLine);
        var (breaking, refused) = Judge(pairs);
        Assert.True(breaking > pairs.Count / 10 && breaking < pairs.Count * 9 / 10, $"{breaking} of {pairs.Count} break callers.");
        Assert.True(refused > pairs.Count / 20, $"{refused} of {pairs.Count} refuse a request.");
    }

    [Fact]
    public void What_is_reported_of_versions_of_real_models_happens()
    {
        var documents = TestFiles.Corpus("fal-openapi").Select(path => new Spec("fal/" + Path.GetFileName(path), File.ReadAllText(path), "fal"));
        var pairs = DocumentPair.OfVersions(documents);
        Assert.True(pairs.Count >= 30, $"There are only {pairs.Count} pairs.");
        var (breaking, refused) = Judge(pairs);
        Assert.True(breaking > 0 && refused > 0, $"{breaking} break callers, and {refused} refuse a request.");
    }

    /// <summary>Holds what is reported of pairs against what happens.</summary>
    private (int Breaking, int Refused) Judge(IReadOnlyList<DocumentPair> pairs)
    {
        var former = CompiledModels.From([.. pairs.Select(pair => pair.Former)]);
        var latter = CompiledModels.From([.. pairs.Select(pair => pair.Latter), LockOf(pairs)]);
        var broken = BrokenCallers(former, latter);
        var requests = former.Endpoints.ToLookup(NamespaceOf);
        var validators = latter.Endpoints.ToDictionary(NamespaceOf);

        var wrong = new List<string>();
        var (breaking, stricter, refused) = (0, 0, 0);
        foreach (var pair in pairs)
        {
            var diff = SpecDiff.Between([SourceOf(pair.Former)], [SourceOf(pair.Latter)], TestContext.Current.CancellationToken);
            var changes = string.Join("\n    ", diff.Changes.Select(change => $"{change.Impact} {change.Area} {change.Symbol}: {change.Message}"));
            void Wrong(string what) => wrong.Add($"{pair.Namespace}, {pair.Name}: {what}\n    {changes}");

            var isBreaking = diff.Changes.Any(change => change is { Impact: ChangeImpact.Breaking, Area: ChangeArea.Surface });
            breaking += isBreaking ? 1 : 0;
            if (isBreaking != broken.Contains(pair.Namespace))
                Wrong(isBreaking ? "callers still compile" : "callers do not compile: " + string.Join("\n    ", broken[pair.Namespace].Take(3)));
            if (diff.Changes.Count == 0 && !SourcesOf(former, pair).SequenceEqual(SourcesOf(latter, pair)))
                Wrong("the code differs, and nothing is reported");
            var isStricter = diff.Changes.Any(change => change is { Impact: ChangeImpact.Breaking, Area: ChangeArea.Validation });
            var isRefused = false;
            foreach (var endpoint in requests[pair.Namespace])
            {
                foreach (var json in RequestsOf(endpoint, pair.Witness))
                {
                    if (validators[pair.Namespace].Validate(json) is not { Count: > 0 } issues)
                        continue;
                    isRefused = true;
                    if (!isStricter)
                        Wrong($"a request is refused: {issues[0]}\n    {json}");
                }
            }
            refused += isRefused ? 1 : 0;
            stricter += isStricter ? 1 : 0;
            if (isStricter && !isRefused && !isBreaking)
                Wrong("no request is refused");
        }
        output.WriteLine($"{pairs.Count} pairs: {breaking} break callers, {stricter} are stricter, {refused} refuse a request");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {pairs.Count} are not what is reported:\n{string.Join("\n", wrong.Take(20))}");
        return (breaking, refused);
    }

    private static SpecSource SourceOf(Spec spec) => new(spec.Path, spec.Text, spec.Provider);

    private static IEnumerable<KeyValuePair<string, string>> SourcesOf(CompiledModels models, DocumentPair pair) => models.Generated.Sources
        .Where(source => source.Key.StartsWith(pair.Namespace + ".", StringComparison.Ordinal))
        .OrderBy(source => source.Key, StringComparer.Ordinal);

    private static string NamespaceOf(AgreedEndpoint endpoint) => endpoint.Request.Type.Namespace!;

    /// <summary>The names of the old versions, which the new ones keep.</summary>
    private static Spec LockOf(IReadOnlyList<DocumentPair> pairs)
    {
        var read = pairs.ToDictionary(pair => pair.Former.Path, pair => SpecReader.Read(pair.Former.Text, pair.Former.Provider).Document!);
        return new("specs.lock.json", LockWriter.Write(new SpecLock(default, NameAssignments.Of(read).ToEquatableArray())));
    }

    /// <summary>Requests that the old validator takes: of all kinds, and with what the two versions may differ about.</summary>
    private static IEnumerable<string> RequestsOf(AgreedEndpoint endpoint, Witness witness)
    {
        for (var seed = 0; seed < Requests; seed++)
        {
            var schema = endpoint.Judge.Request;
            if (!new InstanceMaker(schema.View, Runs.Random(endpoint, seed), null).TryMake(schema.Node, out var made) || made is not JsonObject request)
                continue;
            foreach (var json in new[] { request.ToJsonString(), Witnessed(request) })
            {
                if (endpoint.Validate(json).Count == 0)
                    yield return json;
            }
        }

        string Witnessed(JsonObject request)
        {
            witness(request);
            return request.ToJsonString();
        }
    }

    /// <summary>The compiler's complaints about old callers of the new code, by the namespace; there are none about the old code.</summary>
    private static ILookup<string, string> BrokenCallers(CompiledModels former, CompiledModels latter)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var callers = former.Generated.Compilation.Assembly.GlobalNamespace.GetNamespaceMembers()
            .Where(one => one.Name.StartsWith("Pair", StringComparison.Ordinal))
            .Select(one => Callers.Of(one, options))
            .ToList();
        Assert.Empty(Errors(former));
        return Errors(latter).ToLookup(error => error.Namespace, error => error.Message);

        IEnumerable<(string Namespace, string Message)> Errors(CompiledModels models) =>
            from diagnostic in Compilation(models).GetDiagnostics(TestContext.Current.CancellationToken)
            where diagnostic.Severity == DiagnosticSeverity.Error
            select (Path.GetFileNameWithoutExtension(diagnostic.Location.SourceTree!.FilePath), diagnostic.ToString());

        CSharpCompilation Compilation(CompiledModels models) => CSharpCompilation.Create(
            "Callers",
            callers,
            [.. models.Generated.Compilation.References, models.Generated.Compilation.ToMetadataReference()],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error,
                specificDiagnosticOptions: [new("CS0219", ReportDiagnostic.Suppress), new("ZT0143", ReportDiagnostic.Suppress)]));
    }
}
