using System.Text;
using Zoetrope.Cli.Vendoring.Sources;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A document of a source, in the form in which it is vendored, with what is wrong in it.</summary>
/// <param name="Source">The document as the source has it.</param>
/// <param name="Text">Its text in that form.</param>
/// <param name="Content">Its bytes in that form.</param>
/// <param name="Document">What it says; null when nothing of it can be used.</param>
/// <param name="Problems">What is wrong in it, at locations in what the source has.</param>
/// <param name="Complaint">What the second reader reports, in a line; null where that is nothing.</param>
/// <param name="Refusal">Why it cannot be vendored, in a sentence that ends what the problems began; null where it can.</param>
internal sealed record DocumentReading(
    SourceDocument Source, string Text, byte[] Content, SpecDocument? Document, IReadOnlyList<LocatedProblem> Problems, string? Complaint, string? Refusal)
{
    private const string NothingToGenerate = "nothing can be generated from it.";

    /// <summary>Reads and converts a document.</summary>
    public static async Task<DocumentReading> ReadAsync(SourceDocument source, CancellationToken cancellationToken)
    {
        var imported = DocumentImport.Import(source.Name, SpecText.Decode(source.Content));
        if (imported.Problem is { } problem)
            return new(source, imported.Text, source.Content, null, [problem], null, NothingToGenerate);
        var text = imported.Text;
        var problems =
            SpecChecks.Run([new(imported.PathOfProblems, text)], cancellationToken).Select(imported.Locate).OrderBy(located => located.Start).ToList();
        var document = SpecReader.Read(text, cancellationToken: cancellationToken).Document;
        var complaint = await DocumentImport.LintAsync(text, cancellationToken) is { } words
            ? $"{imported.PathOfText}: warning: NSwag, as a second reader: {words}"
            : null;
        return new(
            source, text, imported.Form is null ? source.Content : Encoding.UTF8.GetBytes(text), document, problems, complaint,
            RefusalOf(source, document, problems));
    }

    private static string? RefusalOf(SourceDocument source, SpecDocument? document, List<LocatedProblem> problems)
    {
        if (document is not ({ Endpoint: not null } or { Api: not null }) || problems.Exists(problem => problem.Kind.Severity == ProblemSeverity.Error))
            return NothingToGenerate;
        // A page in a file may be all that somebody has. A server has the rest of it.
        if (source.Url is not null && problems.Exists(problem => problem.Kind == Specs.Diagnostics.Problems.PageCut))
            return "only a part of it came. Try again; if the server has no more of it, save it and add the file.";
        if (source.Model is { } model && (document.Endpoint is not { } endpoint || (endpoint.Provider, endpoint.Id) != (model.Profile.Name, model.Id)))
            return $"it is not of {model}, but of {VendoredNames.Describe(document)}.";
        return null;
    }
}
