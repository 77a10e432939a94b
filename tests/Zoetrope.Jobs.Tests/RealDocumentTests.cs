using YamlDotNet.Serialization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Jobs.Tests;

/// <summary>The vendored declarations, read against the providers' whole documents, which are not part of the repository.</summary>
public sealed class RealDocumentTests
{
    /// <summary>The providers that have a declaration of one document.</summary>
    public static TheoryData<string> Providers =>
    [
        .. Directory.GetFiles(Repository.PathOf("specs"), "*.jobs.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(ProviderOf)
            .Where(provider => File.Exists(PathOf(provider, provider + ".json"))),
    ];

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_declaration_fits_the_whole_document(string provider)
    {
        var reading = Read(provider, Whole(provider));

        Assert.Empty(reading.Problems.Where(problem => problem.Kind.Severity == ProblemSeverity.Error).Concat(reading.DocumentProblems).Select(Describe));
        Assert.NotNull(reading.Description);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void What_a_vendored_document_says_of_requests_is_in_the_whole_document(string provider)
    {
        var theirs = Read(provider, Whole(provider)).Description!;
        var ours = Read(provider, File.ReadAllText(PathOf(provider, provider + ".json"))).Description!;

        Assert.Equal(ours.Server, theirs.Server);
        Assert.Equal(ours.Models.Select(model => model.Endpoint.Id), theirs.Models.Select(model => model.Endpoint.Id));
        foreach (var (our, their) in ours.Models.Zip(theirs.Models))
        {
            var known = their.Endpoint.Input!.Properties.ToDictionary(property => property.Name);
            Assert.All(our.Endpoint.Input!.Properties, property => Assert.Contains(property.Name, known.Keys));
            Assert.Equal(
                our.Endpoint.Input.Properties.Where(property => property.Required).Select(property => property.Name).Order(StringComparer.Ordinal),
                known.Values.Where(property => property.Required).Select(property => property.Name).Order(StringComparer.Ordinal));
            foreach (var property in our.Endpoint.Input.Properties.Where(property => known[property.Name].Schema.Enum.Count > 0))
            {
                Assert.Equal(
                    known[property.Name].Schema.Enum.Select(value => value.ToString()).Order(StringComparer.Ordinal),
                    property.Schema.Enum.Select(value => value.ToString()).Order(StringComparer.Ordinal));
            }
        }
    }

    private static string ProviderOf(string path) => Path.GetFileName(Path.GetDirectoryName(path))!;

    private static string PathOf(string provider, string name) => Repository.PathOf("specs", provider, name);

    private static JobsReading Read(string provider, string document)
    {
        var declaration = PathOf(provider, provider + ".jobs.json");
        var schemas = PathOf(provider, provider + ".models.json");
        return JobsReader.Read(
            new(provider + ".jobs.json", File.ReadAllText(declaration)), new(provider + ".json", document),
            File.Exists(schemas) ? new(provider + ".models.json", File.ReadAllText(schemas)) : null, TestContext.Current.CancellationToken);
    }

    /// <summary>The whole document as JSON; the test is skipped where there is none.</summary>
    private static string Whole(string provider)
    {
        var folder = Corpus.PathOf("openapi");
        var json = Path.Combine(folder, provider + ".json");
        if (File.Exists(json))
            return File.ReadAllText(json);
        // Documents that others wrote say so in their names.
        var yaml = new[] { provider + ".yaml", provider + "-unofficial.yaml" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(yaml is null, "corpus has no document of " + provider);
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(File.ReadAllText(yaml!));
        return new SerializerBuilder().JsonCompatible().Build().Serialize(read);
    }

    private static string Describe(SpecProblem problem) => $"{problem.Kind.Id} at {problem.Pointer}: {string.Join(", ", problem.Arguments)}";
}
