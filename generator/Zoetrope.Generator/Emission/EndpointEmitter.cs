using System.Text;

namespace Zoetrope.Generator;

/// <summary>Writes the file of one endpoint.</summary>
internal static class EndpointEmitter
{
    /// <summary>Marks generated classes.</summary>
    public static readonly string Attribute =
        "[global::System.CodeDom.Compiler.GeneratedCode(\"Zoetrope.Generator\", \"" + typeof(EndpointEmitter).Assembly.GetName().Version.ToString(3) + "\")]";

    /// <summary>The C# of an endpoint.</summary>
    public static GeneratedSource Emit(BoundEndpoint endpoint, EmitOptions options)
    {
        var writer = new SourceWriter();
        SourceHeader.Write(writer);
        writer.Open("namespace " + endpoint.Namespace);
        EmitClass(writer, endpoint);
        if (options.ClientOf(endpoint.Provider) is { } client)
        {
            writer.Line();
            EmitExtension(
                writer, endpoint, client, "global::Zoetrope.ModelClient", "Endpoint", ClientSummary(endpoint), options);
        }
        writer.Close();
        return new(HintNames.Of(endpoint.Namespace + "." + endpoint.Name), writer.ToString());
    }

    /// <summary>What a model on a client is: its title, its category and its page, where the documents give them.</summary>
    private static string ClientSummary(BoundEndpoint endpoint)
    {
        var facts = endpoint.Facts;
        var text = "Runs <c>" + Literals.Doc(endpoint.Id) + "</c>";
        if (facts.Title is { Length: > 0 } title)
            text += ", " + Literals.Doc(title, 100);
        if (facts.Category is { Length: > 0 } category)
            text += " (" + Literals.Doc(category, 60) + ")";
        // What else stands in the place of an address is shown to nobody.
        var isPage = Uri.TryCreate(facts.PageUrl, UriKind.Absolute, out var page) && page.Scheme is "https" or "http";
        return text + (isPage ? ": see <see href=\"" + Literals.Xml(page!.AbsoluteUri).Replace("\"", "&quot;") + "\">its page</see>." : ".");
    }

    private static void EmitClass(SourceWriter writer, BoundEndpoint endpoint)
    {
        var facts = endpoint.Facts;
        var title = facts.Title ?? endpoint.Id;
        writer.Line("/// <summary>" + Literals.Doc(facts.Description is null ? title : title + ": " + facts.Description, 200) + "</summary>");
        var rest = facts.Description is null ? null : Literals.Rest(title + ": " + facts.Description, 200);
        writer.Line("/// <remarks>" + (rest is null ? "" : rest + " ") + Literals.Xml(endpoint.Provider) + " <c>" + Literals.Doc(endpoint.Id) + "</c>, from "
            + Literals.Doc(string.Join(" and ", facts.Sources)) + ".</remarks>");
        writer.Line(Attribute);
        writer.Open("public static partial class " + endpoint.Name);
        writer.Line("/// <summary>The endpoint: its provider, its id and its types.</summary>");
        writer.Line("public static global::Zoetrope.ModelEndpoint<Request, Result> Endpoint { get; } = new(" + Literals.String(endpoint.Provider) + ", " + Literals.String(endpoint.Id) + ");");
        writer.Line();
        InfoEmitter.Emit(writer, endpoint);
        EmitTypes(writer, endpoint.Types);
        writer.Close();
    }

    /// <summary>Writes the request, the result and the types inside them.</summary>
    public static void EmitTypes(SourceWriter writer, BoundTypes types)
    {
        foreach (var model in types.Objects)
        {
            writer.Line();
            new ObjectEmitter(writer, types, model).Emit();
        }
        foreach (var model in types.Unions)
        {
            writer.Line();
            new UnionEmitter(writer, types, model).Emit();
        }
        foreach (var model in types.Enums)
        {
            writer.Line();
            EnumEmitter.Emit(writer, model);
        }
    }

    /// <summary>Writes the member that puts a model on a client: an extension property, or a method where the language has none.</summary>
    public static void EmitExtension(SourceWriter writer, BoundEndpoint endpoint, string client, string bound, string member, string summary, EmitOptions options)
    {
        // Of two members that fit, C# takes the one whose receiver is not generic: that of a project's own document.
        var (generic, receiver, constraint) = options.IsOverridable ? ("<TClient>", "TClient", " where TClient : " + client) : ("", client, "");
        var type = bound + "<" + endpoint.FullName + ".Request, " + endpoint.FullName + ".Result>";
        var body = " => client.Model(" + endpoint.FullName + "." + member + ");";
        summary = "/// <summary>" + summary + "</summary>";
        writer.Line("/// <summary>Puts <see cref=\"" + endpoint.Name + "\"/> on the client.</summary>");
        writer.Line(Attribute);
        writer.Open("public static partial class " + endpoint.Name + "Extensions");
        if (options.HasExtensionMembers)
        {
            writer.Line("/// <param name=\"client\">The client.</param>");
            if (options.IsOverridable)
                writer.Line("/// <typeparam name=\"TClient\">Its type.</typeparam>");
            writer.Open("extension" + generic + "(" + receiver + " client)" + constraint);
            writer.Line(summary);
            writer.Line("public " + type + " " + endpoint.Name + body);
            writer.Close();
        }
        else
        {
            writer.Line(summary);
            writer.Line("public static " + type + " " + endpoint.Name + generic + "(this " + receiver + " client)" + constraint + body);
        }
        writer.Close();
    }
}

/// <summary>A file to add to the compilation.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its content.</param>
internal sealed record GeneratedSource(string HintName, string Text);

/// <summary>Writes what every generated file begins with.</summary>
internal static class SourceHeader
{
    /// <summary>Writes it.</summary>
    public static void Write(SourceWriter writer) =>
        // Annotations tell users what may be null. The compiler's search for null in the code itself is left to this project's tests:
        // in every build of a user it would take a sixth of the compiler's time.
        writer.Line("// <auto-generated/>").Line("#nullable enable annotations").Line();
}

/// <summary>Names generated files. Long names are cut and told apart by a hash, because file systems have limits.</summary>
internal static class HintNames
{
    private const int Longest = 80;

    /// <summary>The hint name for a full type name.</summary>
    public static string Of(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var unit in name)
            plain.Append(unit < 128 && (char.IsLetterOrDigit(unit) || unit is '.' or '_') ? unit : '_');
        var isExact = plain.Length <= Longest && plain.ToString() == name;
        return (isExact ? name : plain.ToString(0, Math.Min(plain.Length, Longest - 17)) + "_" + StableHash.Hex(name)) + ".g.cs";
    }
}

/// <summary>A hash that is the same in every process.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a of 64 bits over the UTF-16 units, in hex.</summary>
    public static string Hex(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
