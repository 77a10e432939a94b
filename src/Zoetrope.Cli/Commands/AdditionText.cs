using System.Globalization;
using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Vendoring;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Commands;

/// <summary>Documents that are added, in words and as JSON.</summary>
internal static class AdditionText
{
    /// <summary>Says what will be written and generated.</summary>
    public static void ReportPlan(IReporter reporter, Addition addition)
    {
        foreach (var added in addition.Documents)
        {
            var generated = addition.NameOf(added.Document) is { } given ? $", generates {GeneratedOf(added.Document, given)}" : "";
            reporter.WriteLine($"{added.Path} ({(added.Former is null ? "new" : "replaced")}): {VendoredNames.Describe(added.Document)}{generated}");
            foreach (var line in ChangesOf(added))
                reporter.WriteLine("  " + line);
        }
        foreach (var line in addition.LockFile.Moved)
            reporter.WriteLine("  " + line);
    }

    /// <summary>Says what was written.</summary>
    public static void ReportWritten(IReporter reporter, Addition addition)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var added in addition.Documents)
        {
            reporter.WriteLine($"{added.Path} was {(added.Former is null ? "written" : "replaced")}: {VendoredNames.Describe(added.Document)}");
            // The page and the OpenAPI document of a model are one class.
            if (known.Add(VendoredNames.KeyOf(added.Document)) && addition.NameOf(added.Document) is { } given)
                reporter.WriteLine($"  In C#: {UseOf(added.Document, given)}");
            ReportProposal(reporter, addition, added);
        }
    }

    /// <summary>Writes a document as an object.</summary>
    public static void Write(Utf8JsonWriter writer, Addition addition, NewDocument added, bool isWritten)
    {
        writer.WriteStartObject();
        writer.WriteString("path", added.Path);
        writer.WriteBoolean("replaced", added.Former is not null);
        writer.WriteBoolean("written", isWritten);
        writer.WriteString("document", VendoredNames.Describe(added.Document));
        writer.WriteString("name", addition.NameOf(added.Document));
        writer.WriteString("origin", added.Origin);
        writer.WriteStrings("changes", ChangesOf(added));
        if (added.WhyNoDeclaration is { } reason)
            writer.WriteString("noDeclaration", reason);
        if (added.Declaration is { } declaration)
        {
            writer.WriteStartObject("declaration");
            writer.WriteString("path", declaration.Path);
            writer.WriteBoolean("confirmed", false);
            writer.WriteStartArray("facts");
            foreach (var fact in declaration.Proposal.Facts)
            {
                writer.WriteStartObject();
                writer.WriteString("member", fact.Member);
                writer.WriteString("value", fact.Value);
                writer.WriteString("reason", fact.Reason);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <summary>Says line by line what a person must confirm.</summary>
    private static void ReportProposal(IReporter reporter, Addition addition, NewDocument added)
    {
        if (added.Declaration is not { } declaration)
        {
            if (added.Document.Api is not null && addition.ExistingDeclaration(added) is { } existing)
                reporter.WriteLine($"{existing} was not changed.");
            else if (added.WhyNoDeclaration is { } reason)
                reporter.WriteLine(Printable.Of($"  No job protocol is proposed: {reason}."));
            return;
        }
        reporter.WriteLine($"{declaration.Path} was written: a proposal of the job protocol, of which no client is generated until it is confirmed.");
        reporter.WriteLine("  Compare each line with the provider's documentation, then set \"confirmed\" to true:");
        foreach (var fact in declaration.Proposal.Facts)
            reporter.WriteLine($"  {fact.Member}{(fact.Value.Length > 0 ? " = " + fact.Value : "")}: {fact.Reason}");
    }

    private static IReadOnlyList<string> ChangesOf(NewDocument added) =>
        added.Former is { } former ? DocumentChanges.Between(former, added.Document) : [];

    /// <summary>The class that is generated from a document.</summary>
    private static string GeneratedOf(SpecDocument document, string name) =>
        document.Endpoint is { } endpoint ? $"{endpoint.Provider}.{name}" : HasClient(document) ? $"{name}Client" : $"{name}.Webhooks";

    /// <summary>Whether an API has operations to call; one of webhooks alone has none.</summary>
    private static bool HasClient(SpecDocument document) => document.Api is not { Operations.Count: 0, Webhooks.Count: > 0 };

    /// <summary>How the code that is generated from a document is used, in a few words.</summary>
    private static string UseOf(SpecDocument document, string name)
    {
        if (document.Endpoint is not { } endpoint)
            return HasClient(document) ? $"new {name}Client()" : $"{name}.Webhooks";
        var parameters = endpoint.Input?.Properties.Count ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{endpoint.Provider}.{name}.RunAsync(new() {{ ... }}), with {parameters} "
            + $"parameter{(parameters == 1 ? "" : "s")}");
    }
}
