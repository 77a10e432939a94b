using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Writes the file of one endpoint.</summary>
internal static class EndpointEmitter
{
    /// <summary>The C# of an endpoint.</summary>
    public static GeneratedSource Emit(BoundEndpoint endpoint, EmitOptions options)
    {
        var writer = new SourceWriter();
        SourceHeader.Write(writer, endpoint.Namespace);
        EmitClass(writer, endpoint);
        if (ClientMember.Of(endpoint, options) is { } member)
        {
            writer.Line();
            ClientMemberEmitter.Emit(writer, member, ClientSummary(endpoint), options);
        }
        return new(HintNames.Of(endpoint.QualifiedName), writer.Finish());
    }

    /// <summary>What a model on a client is: its title, its category and its page, where the documents give them.</summary>
    private static string ClientSummary(BoundEndpoint endpoint)
    {
        var facts = endpoint.Facts;
        var text = $"Runs <c>{Literals.Doc(endpoint.Id)}</c>";
        if (facts.Title is { Length: > 0 } title)
            text += $", {Literals.Doc(title, 100)}";
        if (facts.Category is { Length: > 0 } category)
            text += $" ({Literals.Doc(category, 60)})";
        // Only the address of a web page is shown, whatever else a document has there.
        var isPage = Uri.TryCreate(facts.PageUrl, UriKind.Absolute, out var page) && page.Scheme is "https" or "http";
        return isPage ? $"{text}: see <see href=\"{Literals.Xml(page!.AbsoluteUri).Replace("\"", "&quot;")}\">its page</see>." : text + ".";
    }

    private static void EmitClass(SourceWriter writer, BoundEndpoint endpoint)
    {
        var (provider, id) = (Literals.String(endpoint.Provider), Literals.String(endpoint.Id));
        var title = endpoint.Facts.Title ?? endpoint.Id;
        var prose = endpoint.Facts.Description is { } description ? $"{title}: {description}" : title;
        // A title alone is not repeated.
        var rest = endpoint.Facts.Description is null ? null : Literals.Rest(prose, 200);
        using var block = writer.Block($"""
            /// <summary>{Literals.Doc(prose, 200)}</summary>
            /// <remarks>{(rest is null ? "" : rest + " ")}{Source(endpoint)}</remarks>
            {SourceHeader.Attribute}
            {ObsoleteText.Attribute(endpoint.Facts.Deprecation)}
            public static partial class {endpoint.Name}
            """);
        writer.Lines($$"""
            /// <summary>The endpoint: its provider, its id and its types.</summary>
            public static {{ModelEndpoint}}<Request, Result> Endpoint { get; } = new({{provider}}, {{id}});

            """);
        InfoEmitter.Emit(writer, endpoint);
        TypesEmitter.Emit(writer, endpoint.Types);
        if (endpoint.Prices is { } prices)
            new PriceEmitter(writer, endpoint, prices).Emit();
        if (endpoint.Measure is { } measure)
            MeasureEmitter.Emit(writer, endpoint, measure);
    }

    private static string Source(BoundEndpoint endpoint) =>
        $"{Literals.Xml(endpoint.Provider)} <c>{Literals.Doc(endpoint.Id)}</c>, from {Literals.Doc(string.Join(" and ", endpoint.Facts.Sources))}.";
}
