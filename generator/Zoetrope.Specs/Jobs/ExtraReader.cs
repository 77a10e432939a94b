using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads where a submit has a value besides the input.</summary>
internal static class ExtraReader
{
    /// <summary>The members, of which one is there.</summary>
    public static string[] Locations { get; } = ["body", "query", "header"];

    /// <summary>Reads the location; null where there is none, which is reported.</summary>
    /// <param name="parent">The object that it is a member of.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="extra">The object.</param>
    public static ExtraRule? Read(DeclarationSection parent, string name, DeclarationSection extra)
    {
        foreach (var where in Locations)
        {
            if (extra.Text(where) is not { } text)
                continue;
            if (where != "body")
                return new(where, new([text]));
            if (text[0] == '/' && text.Length > 1)
                return new(where, new(JsonPointer.Steps(text)));
            extra.Report(where, "a JSON pointer into the body, such as /webhook_url");
        }
        parent.Report(name, "an object with 'body', 'query' or 'header'");
        return null;
    }
}
