using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Content;

/// <summary>How the client reads the items of a response; the names are those of <c>Zoetrope.CodeGen.Operations.ItemFormat</c>.</summary>
internal static class ItemFormats
{
    /// <summary>The name of the format.</summary>
    /// <param name="items">The items.</param>
    public static string Of(SequenceItems items) => items.Kind switch
    {
        SequenceKind.Lines => "JsonLines",
        SequenceKind.Records => "JsonSequence",
        _ when items.Events.Count > 0 => "Event",
        _ => items.IsText ? "EventText" : "EventJson",
    };
}
