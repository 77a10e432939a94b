using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Words;

namespace Zoetrope.Generator.Types;

/// <summary>The names of nested types.</summary>
internal static class TypeNames
{
    /// <summary>
    /// The name of a schema without the words that lead the endpoint's name and without versions, which the class around it already says:
    /// <c>KlingV3MultiPromptElement</c> is MultiPromptElement in <c>KlingVideoO3ProImageToVideo</c>.
    /// </summary>
    public static string Shorten(string schemaName, HashSet<string> endpointWords)
    {
        var words = Identifiers.Words(schemaName);
        var skip = 0;
        while (skip < words.Count - 1 && (endpointWords.Contains(words[skip]) || Versions.IsOfModel(words[skip])))
            skip++;
        var name = Identifiers.Pascal(words.Skip(skip));
        return name.Length == 0 ? "Item" : char.IsDigit(name[0]) ? "_" + name : name;
    }

    /// <summary>
    /// The name of a schema that an API's operations share: its own, without a first word that every schema could have (<c>schemas_prediction_response</c>).
    /// </summary>
    public static string OfSchema(string schemaName)
    {
        var words = Identifiers.Words(schemaName);
        var isEmpty = words.Count > 1 && words[0].ToLowerInvariant() is "schema" or "schemas" or "components";
        return Identifiers.Of(isEmpty ? string.Join(" ", words.Skip(1)) : schemaName, "Item");
    }

    /// <summary>The name of a type that has none in the document: that of its property, led by its object's where that is nested itself.</summary>
    public static string OfSlot(TypeContext slot, bool isItem)
    {
        // One of a named list may not be called like another schema.
        if (isItem && slot.Owner.Key.Length == 0)
            return slot.Name + "Item";
        var name = isItem ? Singular(slot) : slot.Name;
        return slot.Owner.IsRoot ? name : slot.Owner.Name + name.TrimStart('_');
    }

    /// <summary>The name of one of several. A parameter that can be given several times is often named as one.</summary>
    public static string Singular(TypeContext slot) => Singular(slot.Name, slot.Owner.IsForm ? "" : "Item");

    /// <summary>The name of one of several; where the name does not say which, it is followed by <paramref name="suffix"/>.</summary>
    public static string Singular(string name, string suffix = "Item")
    {
        if (name.EndsWith("Children", StringComparison.Ordinal))
            return name.Substring(0, name.Length - 3);
        if (name.EndsWith("Series", StringComparison.Ordinal))
            return name + "Item";
        if (name.EndsWith("ies", StringComparison.Ordinal) && name.Length > 4)
            return name.Substring(0, name.Length - 3) + "y";
        var isPlural = name.EndsWith("s", StringComparison.Ordinal) && !name.EndsWith("ss", StringComparison.Ordinal) && name.Length > 2;
        return isPlural ? name.Substring(0, name.Length - 1) : name + suffix;
    }
}
