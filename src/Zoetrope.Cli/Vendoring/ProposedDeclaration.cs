using System.Text;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Jobs.Proposals;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A declaration of a job protocol that is proposed beside a document.</summary>
/// <param name="Path">Where it is to be written.</param>
/// <param name="Proposal">What it says.</param>
internal sealed record ProposedDeclaration(string Path, Proposal Proposal)
{
    private const string Suffix = ".jobs.json";
    private const string Schema = "jobs.schema.json";

    /// <summary>Its content.</summary>
    public byte[] Content { get; } = Encoding.UTF8.GetBytes(Proposal.Json);

    /// <summary>
    /// Proposes a declaration beside a document; null where the document shows no jobs, its provider needs none, or the folder has a declaration already.
    /// </summary>
    /// <param name="vendored">The folder of all documents, with this one.</param>
    /// <param name="path">Where the document is to be.</param>
    /// <param name="document">What it says.</param>
    /// <param name="className">The name that the user gives the class of the API, or null.</param>
    /// <param name="workflows">An Arazzo description, as JSON, or null.</param>
    /// <param name="reason">Why nothing was found that could be proposed; null where something was, or nothing was looked for.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static ProposedDeclaration? Beside(
        VendoredFolder vendored, string path, SpecDocument document, string? className, string? workflows, out string? reason,
        CancellationToken cancellationToken)
    {
        reason = null;
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var provider = string.Concat(System.IO.Path.GetFileName(folder).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        if (document.Api is not { Provider: null } api || provider.Length == 0 || Existing(vendored, path) is not null)
            return null;
        // The class of the API has the user's name.
        var name = className is null ? ApiIdentity.ClassOf(provider) : className + "Jobs";
        var schema = File.Exists(System.IO.Path.Combine(folder, "..", Schema)) ? "../" + Schema : null;
        if (name is null)
            return null;
        var documents = Documents(vendored, path, document.Kind, api.Title);
        (var proposal, reason) = JobsProposer.Search(documents, new(provider, name, schema), workflows, cancellationToken);
        return proposal is null ? null : new(System.IO.Path.Combine(folder, provider + Suffix), proposal);
    }

    /// <summary>The declaration that the folder of a document has already; null where there is none.</summary>
    public static string? Existing(VendoredFolder vendored, string path) =>
        Beside(vendored, path, Suffix).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>The document, and with a page the other pages of its API.</summary>
    private static List<NamedDocument> Documents(VendoredFolder vendored, string path, SpecKind kind, string title)
    {
        var own = Named(vendored, path);
        if (kind != SpecKind.OperationPage)
            return [own];
        var others = Beside(vendored, path, ".md").Where(file => file != path
            && vendored.DocumentOf(file) is { Kind: SpecKind.OperationPage, Api: { } api } && api.Title == title);
        return [.. others.Select(file => Named(vendored, file)).Append(own).OrderBy(document => document.Name, StringComparer.Ordinal)];
    }

    private static NamedDocument Named(VendoredFolder vendored, string path) =>
        new(System.IO.Path.GetFileName(path), SpecText.Decode(vendored.ContentOf(path)));

    private static IEnumerable<string> Beside(VendoredFolder vendored, string path, string suffix)
    {
        var folder = System.IO.Path.GetDirectoryName(path);
        return vendored.Files.Where(file => System.IO.Path.GetDirectoryName(file) == folder && file.EndsWith(suffix, StringComparison.Ordinal));
    }
}
