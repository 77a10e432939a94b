using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;
using Zoetrope.Specs.Pages;
using Zoetrope.Specs.Pages.Eachlabs;
using Zoetrope.Specs.Pages.Fal;

namespace Zoetrope.Specs;

/// <summary>The result of reading one document.</summary>
/// <param name="Document">What it says, or null when nothing of it could be used.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record SpecReading(SpecDocument? Document, EquatableArray<SpecProblem> Problems);

/// <summary>Reads documents of every known kind. The document kind and provider are detected from the content.</summary>
public static class SpecReader
{
    /// <summary>Reads one document. Never throws on content: what is wrong comes back as problems.</summary>
    /// <param name="text">The document.</param>
    /// <param name="provider">The provider, where the user says so; used only where the content does not identify it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static SpecReading Read(string text, string? provider = null, CancellationToken cancellationToken = default)
    {
        var problems = new List<SpecProblem>();
        var document = Read(text, provider, problems, cancellationToken);
        // A schema that is read for itself and merged into another one has the same problem twice.
        return new(document, problems.Distinct().ToEquatableArray());
    }

    /// <summary>Whether a text is a page that contains the OpenAPI of an operation, readable or not.</summary>
    /// <param name="text">The text.</param>
    public static bool IsOperationPage(string text) => !SpecKinds.LooksLikeJson(text) && OperationPage.Is(text);

    /// <summary>Finds the location that <paramref name="pointer"/> names; the nearest enclosing location when it is not there.</summary>
    /// <param name="text">The document.</param>
    /// <param name="pointer">
    /// The location, as in <see cref="Schema.Pointer"/>; in pages also what is below a parameter, as in <c>/input/duration/default</c>.
    /// </param>
    public static TextRange Locate(string text, string pointer) => Locator(text)(pointer);

    /// <summary>What finds locations in a document as <see cref="Locate"/> does. The document is read once, however many locations are asked for.</summary>
    /// <param name="text">The document.</param>
    public static Func<string, TextRange> Locator(string text)
    {
        if (SpecKinds.LooksLikeJson(text))
        {
            var root = JsonTree.Parse(text).Root;
            return pointer => LocateJson(root, pointer);
        }
        if (OperationPage.Is(text))
        {
            var root = OperationPage.Read(text, []).Root;
            return pointer => LocateJson(root, pointer);
        }
        var locations = ReadPage(text, provider: null, [], CancellationToken.None)?.Locations;
        return pointer => locations?.Find(pointer) ?? default;
    }

    private static SpecDocument? Read(string text, string? provider, List<SpecProblem> problems, CancellationToken cancellationToken)
    {
        var conflict = SpecKinds.FindConflictMarker(text);
        if (conflict >= 0)
        {
            problems.Add(Problems.ConflictMarker.At(conflict, 7));
            return null;
        }
        if (SpecKinds.LooksLikeJson(text))
            return ReadJson(text, provider, problems, cancellationToken);
        if (OperationPage.Is(text))
            return ReadOperation(text, provider, problems, cancellationToken);
        if (ReadPage(text, provider, problems, cancellationToken) is not { } page)
        {
            problems.Add(Problems.UnknownContent.At(SpecKinds.FirstLine(text), SpecKinds.Guess(text)));
            return null;
        }
        return page.Endpoint is null ? null : new SpecDocument { Kind = page.Kind, Endpoint = page.Endpoint };
    }

    private static SpecDocument? ReadOperation(string text, string? provider, List<SpecProblem> problems, CancellationToken cancellationToken)
    {
        var root = OperationPage.Read(text, problems).Root;
        return root.Exists && new OpenApiReader(root, provider, problems, cancellationToken).Read() is { } document
            ? document with { Kind = SpecKind.OperationPage }
            : null;
    }

    private static PageReading? ReadPage(string text, string? provider, List<SpecProblem> problems, CancellationToken cancellationToken) =>
        SpecKinds.PageKind(text, provider) switch
        {
            SpecKind.FalPage => new FalPageReader(text, problems, cancellationToken).Read(),
            SpecKind.EachlabsPage => new EachlabsPageReader(text, problems, cancellationToken).Read(),
            _ => null,
        };

    private static SpecDocument? ReadJson(string text, string? provider, List<SpecProblem> problems, CancellationToken cancellationToken)
    {
        var tree = JsonTree.Parse(text);
        problems.AddRange(tree.Problems);
        if (!tree.IsValid)
            return null;
        var root = tree.Root;
        // Schemas for editors are kept beside what they describe.
        if (root["$schema"].String?.StartsWith("https://json-schema.org/", StringComparison.Ordinal) == true)
            return null;
        if (root["openapi"].Exists || root["swagger"].Exists)
            return new OpenApiReader(root, provider, problems, cancellationToken).Read();
        if (JobsReader.IsDeclaration(root))
            return ReadDeclaration(root, problems);
        if (root["models"].Exists)
            return new SpecDocument { Kind = SpecKind.Catalog, Catalog = new CatalogReader(problems, cancellationToken).Read(root) };
        if (root["files"].Exists || root["names"].Exists)
            return new SpecDocument { Kind = SpecKind.Lock, Lock = new LockReader(problems).Read(root) };
        problems.Add(Problems.UnknownContent.At(
            SpecKinds.FirstLine(text), "this JSON has none of the members 'openapi', 'models', 'submit', 'files' and 'names'"));
        return null;
    }

    private static SpecDocument? ReadDeclaration(JsonNode root, List<SpecProblem> problems)
    {
        if (JobsReader.FilesOf(root) is { } files)
            return new() { Kind = SpecKind.Jobs, Declaration = files };
        var missing = root["provider"].String is { Length: > 0 } ? "document" : "provider";
        problems.Add(JobsProblems.BadMember.AtPointer(
            root[missing].Exists ? "/" + missing : "", missing, missing == "document" ? "the name of a document, or several" : "a string that is not empty"));
        return null;
    }

    /// <summary>A simple value itself; of an array or object the name that it has, or its first character.</summary>
    private static TextRange LocateJson(JsonNode root, string pointer)
    {
        JsonPointer.TryResolve(root, pointer, out var nearest);
        if (!nearest.IsObject && !nearest.IsArray)
            return nearest.Range;
        return nearest.NameRange == nearest.Range ? new(nearest.Range.Start, 1) : nearest.NameRange;
    }
}
