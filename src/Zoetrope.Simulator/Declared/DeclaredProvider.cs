using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Simulator.Declared;

/// <summary>A provider that a declaration describes, <c>{provider}.jobs.json</c> beside its document.</summary>
/// <param name="Protocol">Its job protocol.</param>
/// <param name="Models">Its models.</param>
internal sealed record DeclaredProvider(JobsDescription Protocol, IReadOnlyList<DeclaredModel> Models)
{
    private const string Suffix = ".jobs.json";

    /// <summary>The paths of the simulator that no provider can have.</summary>
    private static readonly string[] Reserved = ["files", "run", "v1"];

    /// <summary>Reads all declarations.</summary>
    /// <param name="files">The documents.</param>
    /// <param name="log">Receives what keeps a declaration from being played although nothing is wrong with it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">A declaration cannot be used; the message names it.</exception>
    public static List<DeclaredProvider> Load(IReadOnlyList<SpecFile> files, TextWriter? log, CancellationToken cancellationToken)
    {
        var providers = new List<DeclaredProvider>();
        foreach (var file in files.Where(IsDeclaration))
        {
            if (Read(file, files, log, cancellationToken) is not { } provider)
                continue;
            var name = provider.Protocol.Provider;
            if (Reserved.Contains(name))
                throw new InvalidDataException($"{file.Name}: '{name}' is the simulator's own path; a provider needs another name.");
            if (providers.Exists(other => other.Protocol.Provider == name))
                throw new InvalidDataException($"{file.Name}: another declaration describes '{name}' too.");
            providers.Add(provider);
        }
        return providers;
    }

    /// <summary>The documents that no declaration names.</summary>
    public static IEnumerable<SpecFile> Others(IReadOnlyList<SpecFile> files)
    {
        var named = files.Where(IsDeclaration).SelectMany(file => Documents(file, files, "document", out _).Concat(Documents(file, files, "schemas", out _)))
            .Select(document => document.Name).ToHashSet();
        return files.Where(file => !IsDeclaration(file) && !named.Contains(file.Name));
    }

    private static bool IsDeclaration(SpecFile file) => file.Name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    private static DeclaredProvider? Read(SpecFile file, IReadOnlyList<SpecFile> files, TextWriter? log, CancellationToken cancellationToken)
    {
        var reading = JobsReader.Read(new(file.Name, file.Text), Document("document"), Document("schemas"), cancellationToken);
        if (reading.Problems.FirstOrDefault(problem => problem.Kind.Severity == ProblemSeverity.Error) is { } error)
            throw new InvalidDataException($"{file.Name}: {error.Message}");
        if (reading.Description is not { } protocol)
        {
            foreach (var problem in reading.Problems)
                log?.WriteLine($"{file.Name}: {problem.Message}");
            return null;
        }
        return new(protocol, [.. protocol.Models.Select(model => new DeclaredModel(model))]);

        NamedDocument? Document(string member) =>
            DeclaredDocuments.Merge([.. Documents(file, files, member, out var missing).Select(found => new NamedDocument(found.Name, found.Text))], missing);
    }

    /// <summary>The documents that a declaration names, below its folder.</summary>
    private static IReadOnlyList<SpecFile> Documents(SpecFile declaration, IReadOnlyList<SpecFile> files, string member, out EquatableArray<string> missing)
    {
        var folder = declaration.Name[..(declaration.Name.LastIndexOf('/') + 1)];
        var there = files.Where(file => file.Name.StartsWith(folder, StringComparison.Ordinal)).Select(file => (file.Name[folder.Length..], file)).ToList();
        return DeclaredDocuments.Select(Names(declaration, member), there, out missing);
    }

    private static EquatableArray<string> Names(SpecFile declaration, string member)
    {
        try
        {
            return JsonNode.Parse(declaration.Text)?[member] switch
            {
                JsonArray names => names.OfType<JsonValue>().Where(IsText).Select(name => name.GetValue<string>()).ToEquatableArray(),
                JsonValue name when IsText(name) => new([name.GetValue<string>()]),
                _ => default,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What is wrong with a declaration is reported where it is read.
            return default;
        }

        static bool IsText(JsonValue value) => value.GetValueKind() == JsonValueKind.String;
    }
}
