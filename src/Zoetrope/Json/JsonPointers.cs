namespace Zoetrope.Json;

/// <summary>JSON Pointers (RFC 6901).</summary>
internal static class JsonPointers
{
    /// <summary>The steps of a pointer; none where it is empty, which is the whole value.</summary>
    public static string[] Steps(string pointer) => pointer.Length == 0 ? [] : Array.ConvertAll(pointer[1..].Split('/'), Unescape);

    /// <summary>The name that a step means.</summary>
    public static string Unescape(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
