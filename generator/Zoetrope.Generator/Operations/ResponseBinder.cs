using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>
/// Settles what an operation gives: JSON is typed, text is read, everything else is left to the caller, and nothing that can come is thrown away.
/// </summary>
internal sealed class ResponseBinder(OperationContext context)
{
    /// <summary>The responses, one a method.</summary>
    public EquatableArray<BoundResponse> Bind(string method, string streamMethod)
    {
        var good = ResponseSelector.Good(context.Operation);
        if (context.Operation.Method == "HEAD")
            return new([Plain(ResponseKind.Head, good.FirstOrDefault())]);
        var contents = good.SelectMany(response => response.Contents).ToList();
        if (contents.Count == 0 || good.TrueForAll(ResponseSelector.IsRedirect))
            return new([Undescribed()]);
        var summary = Summary(good.FirstOrDefault(response => response.Contents.Count > 0));
        var json = contents.FindAll(content => ResponseSelector.IsJson(content, context.Find));
        var items = ResponseSelector.ItemsOf(context.Operation);
        var streams = contents.FindAll(content => content != items && ResponseSelector.CanBeBytes(content, context.Find));
        var texts = contents.FindAll(content => content != items && !json.Contains(content) && !streams.Contains(content));
        if (json.Count > 0)
        {
            foreach (var text in texts)
                context.Report(GeneratorProblems.ResponseFormLeftOut, text.Pointer, context.Key, text.MediaType);
            var schema = ResponseSelector.JsonOf(context.Operation, context.Find);
            var type = TypeOf(schema);
            var isMaybe = schema is { Nullable: true } || good.Exists(response => response.Contents.Count == 0);
            var first = new BoundResponse(isMaybe ? ResponseKind.Maybe : ResponseKind.Json, method, type, AcceptOf(json, MediaTypes.Json), summary);
            if (items is not null)
            {
                foreach (var other in streams)
                    context.Report(GeneratorProblems.ResponseFormLeftOut, other.Pointer, context.Key, other.MediaType);
                return new([first, Items(items, streamMethod)]);
            }
            return streams.Count == 0
                ? new([first])
                : new([first, new BoundResponse(ResponseKind.Stream, streamMethod, TypeRef.Raw, AcceptOf(streams, null), summary)]);
        }
        if (items is not null)
        {
            List<MediaContent> others = [.. streams, .. texts];
            return others.Count == 0
                ? new([Items(items, method)])
                : new([Items(items, method), new BoundResponse(ResponseKind.Stream, streamMethod, TypeRef.Raw, AcceptOf(others, null), summary)]);
        }
        if (streams.Count > 0)
            return new([new BoundResponse(ResponseKind.Stream, method, TypeRef.Raw, AcceptOf([.. streams, .. texts], null), summary)]);
        return new([new BoundResponse(ResponseKind.Text, method, TypeRef.Raw, AcceptOf(texts, null), summary)]);

        BoundResponse Items(MediaContent content, string name)
        {
            var schema = content.Items!.Schema;
            var type = context.Api.Types.UnionOf(schema)
                ?? context.Types.BindRoot(schema, context.Key + NameKeys.Item, OperationTypes.Item, ObjectRole.Output);
            var item = context.Resolve(schema).Nullable ? type.OrNull() : type;
            return new(ResponseKind.Items, name, item, AcceptOf([content], null), summary, ItemFormats.Of(content.Items))
            {
                Events = content.Items.Events
            };
        }

        // Where a status with a body has none in the document, what comes is the caller's.
        BoundResponse Undescribed()
        {
            if (good.Count > 0 && good.TrueForAll(response => response.IsBodiless))
                return Plain(good.Exists(response => response.HasHeaders) ? ResponseKind.Head : ResponseKind.None, good[0]);
            var first = good.Find(response => !response.IsBodiless);
            if (first is null || !ResponseSelector.IsRedirect(first))
                context.Report(GeneratorProblems.ResponseNotDescribed, first?.Pointer ?? context.Operation.Pointer, context.Key);
            return Plain(ResponseKind.Any, first);
        }

        BoundResponse Plain(ResponseKind kind, OperationResponse? response) => new(kind, method, TypeRef.Raw, null, Summary(response));
    }

    private static string Summary(OperationResponse? response) => DocumentText.Shorten(response?.Description ?? "", 160);

    private TypeRef TypeOf(Schema? schema) => schema is null
        ? TypeRef.Raw
        : context.Api.Types.UnionOf(schema) ?? context.Types.BindRoot(schema, context.Key + NameKeys.Result, OperationTypes.Result, ObjectRole.Output);

    /// <summary>The media types to ask for; null where that is the usual one.</summary>
    private static string? AcceptOf(List<MediaContent> contents, string? usual)
    {
        var types = contents.Where(content => MediaTypes.IsWellFormed(content.MediaType)).Select(MediaTypes.Sent).Distinct(StringComparer.Ordinal).ToList();
        return types.Count == 0 || (types.Count == 1 && types[0] == usual) ? null : string.Join(", ", types);
    }
}
