using System.Text;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs;
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
    /// <param name="path">Where the document is to be.</param>
    /// <param name="text">The document.</param>
    /// <param name="document">What it says.</param>
    /// <param name="className">The name that the user gives the class of the API, or null.</param>
    /// <param name="workflows">An Arazzo description, as JSON, or null.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static ProposedDeclaration? Beside(
        string path, string text, SpecDocument document, string? className, string? workflows, CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var provider = string.Concat(System.IO.Path.GetFileName(folder).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        if (document.Api is not { Provider: null } api || provider.Length == 0 || Existing(path) is not null)
            return null;
        // The class of the API has the user's name.
        var name = className is null ? ApiIdentity.ClassOf(provider) : className + "Jobs";
        var schema = File.Exists(System.IO.Path.Combine(folder, "..", Schema)) ? "../" + Schema : null;
        return name is not null && JobsProposer.Propose(
            Documents(path, text, document.Kind, api.Title, cancellationToken), new(provider, name, schema), workflows, cancellationToken) is { } proposal
            ? new(System.IO.Path.Combine(folder, provider + Suffix), proposal)
            : null;
    }

    /// <summary>The declaration that the folder of a document has already; null where there is none.</summary>
    public static string? Existing(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Suffix).Order(StringComparer.Ordinal).FirstOrDefault() : null;
    }

    /// <summary>The document, and with a page the other pages of its API.</summary>
    private static List<NamedDocument> Documents(string path, string text, SpecKind kind, string title, CancellationToken cancellationToken)
    {
        var own = new NamedDocument(System.IO.Path.GetFileName(path), text);
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (kind != SpecKind.OperationPage || !Directory.Exists(folder))
            return [own];
        var others = Directory.EnumerateFiles(folder, "*.md").Where(file => System.IO.Path.GetFileName(file) != own.Name)
            .Select(file => new NamedDocument(System.IO.Path.GetFileName(file), SpecText.Read(file)))
            .Where(other => SpecReader.Read(other.Text, cancellationToken: cancellationToken).Document is { Kind: SpecKind.OperationPage, Api: { } api }
                && api.Title == title);
        return [.. others.Append(own).OrderBy(document => document.Name, StringComparer.Ordinal)];
    }
}
