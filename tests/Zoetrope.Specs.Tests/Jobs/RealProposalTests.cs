using System.Text.Json;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Jobs.Proposals;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Yaml;

namespace Zoetrope.Specs.Tests.Jobs;

/// <summary>Proposals from whole documents, which are not part of the repository, compared with the declarations that people confirmed.</summary>
public class RealProposalTests(ITestOutputHelper output)
{
    /// <summary>How many of the facts that are compared must agree, of all providers together.</summary>
    private const int LeastAgreeing = 38;

    private static readonly string[] _declared = ["bfl", "elevenlabs", "leonardo", "luma", "replicate", "runway", "together", "topaz"];

    [Fact]
    public void No_proposal_has_an_error()
    {
        var proposed = new List<string>();
        foreach (var path in TestFiles.Corpus("openapi"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var text = Text(path);
            if (JobsProposer.Propose([new(name + ".json", text)], new(name, "Api", null), null, TestContext.Current.CancellationToken) is not { } proposal)
                continue;
            proposed.Add(name);
            var reading = JobsReader.Read(new(name + ".jobs.json", proposal.Json), new(name + ".json", text), null, TestContext.Current.CancellationToken);

            Assert.Equal([JobsProblems.NotConfirmed], reading.Problems.Select(problem => problem.Kind).Distinct());
            Assert.All(reading.DocumentProblems, problem => Assert.Equal(JobsProblems.UndeclaredWord, problem.Kind));
            output.WriteLine(name + "\n" + string.Join("\n", proposal.Facts.Select(fact => $"  {fact.Member} = {fact.Value} ({fact.Reason})")));
        }
        Assert.Empty(_declared.Concat(["comfyv2", "xai", "wavespeed-unofficial"]).Except(proposed));
        Assert.Empty(proposed.Intersect(["ideogram"]));
    }

    [Fact]
    public void Proposals_agree_with_what_people_confirmed()
    {
        var documents = TestFiles.Corpus("openapi").ToDictionary(path => Path.GetFileNameWithoutExtension(path));
        var (agreeing, all) = (0, 0);
        foreach (var name in _declared)
        {
            var document = new NamedDocument(name + ".json", Text(documents[name]));
            var proposal = JobsProposer.Propose([document], new(name, "Api", null), null, TestContext.Current.CancellationToken)!;
            using var ours = JsonDocument.Parse(proposal.Json);
            using var theirs = JsonDocument.Parse(TestFiles.Spec($"{name}/{name}.jobs.json"));
            var facts = new[]
            {
                ("submits", Operations(theirs).All(Operations(ours).Contains)),
                ("id", Texts(theirs, "submit", "id").Intersect(Texts(ours, "submit", "id")).Any()),
                ("status", Resolved(ours, documents[name]) == Resolved(theirs, documents[name])),
                ("word", Texts(ours, "status", "word").SequenceEqual(Texts(theirs, "status", "word"))),
                ("words", new[] { "queued", "running", "succeeded", "failed", "canceled", "expired" }.All(state =>
                    Texts(theirs, "status", state).Intersect(Enum(ours)).Order(StringComparer.Ordinal)
                        .SequenceEqual(Texts(ours, "status", state).Order(StringComparer.Ordinal)))),
            };
            output.WriteLine($"{name}: {string.Join(", ", facts.Select(fact => $"{fact.Item1} {(fact.Item2 ? "agree" : "DIFFER")}"))}");
            agreeing += facts.Count(fact => fact.Item2);
            all += facts.Length;
        }
        output.WriteLine($"{agreeing} of {all} facts agree");
        Assert.True(agreeing >= LeastAgreeing, $"{agreeing} of {all} facts agree");
    }

    private static string Text(string path)
    {
        var text = File.ReadAllText(path);
        if (!path.EndsWith(".yaml", StringComparison.Ordinal))
            return text;
        var problems = new List<SpecProblem>();
        return Json(YamlReader.Read(text, 0, text.Length, problems)!);
    }

    private static string Json(YamlNode node) => node switch
    {
        YamlSequence sequence => "[" + string.Join(",", sequence.Items.Select(Json)) + "]",
        YamlMapping mapping => "{" + string.Join(",", mapping.Members.Select(member => JsonStrings.Quote(member.Key) + ":" + Json(member.Value))) + "}",
        _ => ((YamlScalar)node).Json,
    };

    /// <summary>The words that a proposal has, which are those of the document's list.</summary>
    private static IEnumerable<string> Enum(JsonDocument proposal) =>
        new[] { "queued", "running", "succeeded", "failed", "canceled", "expired" }.SelectMany(state => Texts(proposal, "status", state));

    private static List<string> Operations(JsonDocument declaration)
    {
        var found = Texts(declaration, "submit", "operation").ToList();
        if (declaration.RootElement.TryGetProperty("models", out var models))
        {
            found.AddRange(models.EnumerateArray().Where(model => model.TryGetProperty("operation", out _))
                .Select(model => model.GetProperty("operation").GetString()!));
        }
        return [.. found.Distinct()];
    }

    private static IReadOnlyList<string> Texts(JsonDocument declaration, string section, string member)
    {
        if (!declaration.RootElement.TryGetProperty(section, out var at) || !at.TryGetProperty(member, out var value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(item => item.GetString()!)],
            JsonValueKind.Object => [.. value.EnumerateObject().Select(item => item.Name)],
            _ => [value.GetString()!],
        };
    }

    /// <summary>The status operation by its method and path, where it is named by its id.</summary>
    private static string Resolved(JsonDocument declaration, string document)
    {
        var operation = Texts(declaration, "status", "operation")[0];
        if (operation.Contains(' ', StringComparison.Ordinal))
            return operation;
        var found = SpecReader.Read(Text(document)).Document!.Api!.Operations.Single(other => other.Id == operation);
        return found.Method + " " + found.Path;
    }
}
