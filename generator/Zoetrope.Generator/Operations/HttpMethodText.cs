using Zoetrope.Generator.Emit;

namespace Zoetrope.Generator.Operations;

/// <summary>How the method of a request is spelled in generated code.</summary>
internal static class HttpMethodText
{
    private static readonly string[] Standard = ["Get", "Put", "Post", "Delete", "Options", "Head", "Patch", "Trace", "Query"];

    /// <summary>The expression.</summary>
    public static string Of(string method)
    {
        var name = method.Length > 0 ? method.Substring(0, 1) + method.Substring(1).ToLowerInvariant() : "";
        return Standard.Contains(name)
            ? $"global::System.Net.Http.HttpMethod.{name}"
            : $"new global::System.Net.Http.HttpMethod({Literals.String(method)})";
    }
}
