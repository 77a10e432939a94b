using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Writes the file of one endpoint.</summary>
internal static class EndpointEmitter
{
    /// <summary>The C# of an endpoint.</summary>
    public static GeneratedSource Emit(BoundEndpoint endpoint, EmitOptions options)
    {
        var writer = new SourceWriter();
        SourceHeader.Write(writer);
        writer.Open("namespace " + endpoint.Namespace);
        EmitClass(writer, endpoint);
        if (ClientMember.Of(endpoint, options) is { } member)
        {
            writer.Line();
            ClientMemberEmitter.Emit(writer, member, ClientSummary(endpoint), options);
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
        writer.Line(SourceHeader.Attribute);
        writer.Open("public static partial class " + endpoint.Name);
        writer.Line("/// <summary>The endpoint: its provider, its id and its types.</summary>");
        writer.Line("public static global::Zoetrope.Models.ModelEndpoint<Request, Result> Endpoint { get; } = new(" + Literals.String(endpoint.Provider) + ", " + Literals.String(endpoint.Id) + ");");
        writer.Line();
        InfoEmitter.Emit(writer, endpoint);
        TypesEmitter.Emit(writer, endpoint.Types);
        writer.Close();
    }
}
