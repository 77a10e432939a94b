using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Endpoints;

/// <summary>The classes of one namespace.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Names">The classes' names.</param>
/// <param name="IsUnique">Whether no other namespace differs from it by case alone.</param>
internal sealed record IndexEntries(string Namespace, EquatableArray<string> Names, bool IsUnique)
{
    /// <summary>Groups entries by namespace, in ordinal order.</summary>
    public static IEnumerable<IndexEntries> Group(IEnumerable<IndexEntry> entries)
    {
        var groups = entries.GroupBy(entry => entry.Namespace, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var spaces = groups.ToLookup(group => group.Key, StringComparer.OrdinalIgnoreCase);
        return groups.Select(group => new IndexEntries(
            group.Key, group.Select(entry => entry.Name).OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray(), spaces[group.Key].Count() == 1));
    }
}

/// <summary>Writes the listings. An app that does not use one keeps nothing of it.</summary>
internal static class IndexEmitter
{
    /// <summary>The class that lists endpoints.</summary>
    public const string ModelsName = "ModelIndex";

    /// <summary>The class that lists neutral models.</summary>
    public const string NeutralName = "NeutralIndex";

    /// <summary>The listing of a namespace's endpoints.</summary>
    public static GeneratedSource Models(IndexEntries entries) => Emit(
        entries, ModelsName, ModelInfo, "Info", "What the documents say about every model of this namespace. Using it keeps all of them in a trimmed app.");

    /// <summary>The listing of a namespace's neutral models.</summary>
    public static GeneratedSource Neutral(IndexEntries entries) => Emit(
        entries, NeutralName, NeutralModel, "Model", "Every model of the catalog. Using it keeps all of them in a trimmed app.");

    private static GeneratedSource Emit(IndexEntries entries, string name, string type, string member, string summary)
    {
        var writer = new SourceWriter();
        SourceHeader.Write(writer, entries.Namespace);
        using (writer.Block($"""
            /// <summary>{summary}</summary>
            {SourceHeader.Attribute}
            public static partial class {name}
            """))
        using (writer.Block($"""
            /// <summary>All models, by name, in a new list each time.</summary>
            public static global::System.Collections.Generic.IReadOnlyList<{type}> All => new {type}[]
            """, end: ";"))
        {
            foreach (var entry in entries.Names)
                writer.Line($"global::{entries.Namespace}.{Identifiers.Escape(entry)}.{member},");
        }
        var full = entries.Namespace + "." + name;
        return new(HintNames.Of(entries.IsUnique ? full : full + "_" + StableHash.Hex(entries.Namespace)), writer.Finish());
    }
}
