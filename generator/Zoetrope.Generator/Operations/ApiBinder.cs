using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Operations.Inline;
using Zoetrope.Generator.Operations.Naming;
using Zoetrope.Generator.Operations.Paging;
using Zoetrope.Generator.Providers;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Settles the names and types of one API: its client, what operations share, and each operation.</summary>
internal sealed class ApiBinder
{
    private ApiDocument _document;
    private readonly BindingProblems _problems;
    private readonly LockedNames _locked;
    private readonly ApiKeys _keys;

    private ApiBinder(ApiDocument document)
    {
        _document = document;
        _problems = new BindingProblems(document);
        _locked = new LockedNames(document.Names);
        _keys = new ApiKeys(document.Api);
    }

    /// <summary>Binds.</summary>
    public static Outcome<BoundApi> Bind(ApiDocument document, CancellationToken cancellationToken)
    {
        var binder = new ApiBinder(document);
        var bound = binder.Bind(cancellationToken);
        return new(bound, binder._problems.All);
    }

    private BoundApi Bind(CancellationToken cancellationToken)
    {
        ReportNames();
        var shapes = new ErrorShapes(_document.Api.Operations);
        var named = OperationNames.Give(_document.Api.Operations, _locked, _problems.ReportLock);
        var inline = InlineSchemas.Share(_document.Api, named, shapes.IsCommon, _locked);
        _document = _document with { Api = inline.Api };
        named = named.Select((one, i) => one with { Operation = inline.Api.Operations[i] }).ToList();
        var shared = new SharedTypes(_document, inline, _locked, _problems);
        shared.Bind(shapes.First, cancellationToken);
        var classes = ClassNames(named, shared.Types);
        var streams = StreamNames(named);
        var api = new ApiContext(_document.Class.Name, shared, shapes, _keys, _locked, _problems, _document.Api.Rules);
        var bound = new List<BoundOperation>();
        for (var i = 0; i < named.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReportOperation(named[i]);
            var context = new OperationContext(named[i], classes[i], api);
            bound.Add(new OperationBinder(context).Bind(streams[i], cancellationToken));
        }
        return new BoundApi { Client = BindClient(), Shared = shared.Types, Operations = WithPaging(bound), Webhooks = shared.Webhooks, Uses = inline.Uses };
    }

    private BoundClient BindClient()
    {
        var api = _document.Api;
        var server = api.Servers.Count > 0 ? api.Servers[0] : null;
        var trusted = TrustOf(server);
        var profile = api.IsAtProvider ? ProviderProfiles.Of(api.Provider) : null;
        var keys = _keys.Key is null ? null : profile;
        var elsewhere = Uri.TryCreate(server, UriKind.Absolute, out var url) && profile?.BaseUrl is { } rule && rule.Host == url.IdnHost ? rule : null;
        return new BoundClient
        {
            Class = _document.Class,
            LockKey = _document.Key,
            IsReference = _document.IsReference,
            Title = api.Title,
            Description = api.Description,
            Source = ParsedSpec.NameOf(_document.Path),
            Server = server,
            Hosts = api.Operations.Select(operation => TrustOf(operation.Server)).OfType<string>().Where(host => host != trusted)
                .Distinct(StringComparer.Ordinal).ToEquatableArray(),
            Key = _keys.Key,
            KeyVariable = keys?.KeyVariable,
            KeyPartVariables = keys?.KeyPartVariables ?? default,
            BaseUrlVariable = elsewhere?.Variable,
            BaseUrlPath = elsewhere is null ? "" : elsewhere.Path + url.AbsolutePath.TrimEnd('/'),
            BaseUrlEnding = elsewhere?.Ending ?? "",
        };
    }

    /// <summary>What of a server the key may go to: its host, or its origin where it has a port of its own; null where it is not an https server.</summary>
    private static string? TrustOf(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
            return null;
        return uri.IsDefaultPort ? uri.IdnHost : "https://" + uri.IdnHost + ":" + DocumentText.Number(uri.Port);
    }

    /// <summary>The classes of operations are siblings of the shared types, which have their names from the document.</summary>
    private List<string> ClassNames(IReadOnlyList<NamedOperation> named, BoundTypes shared)
    {
        var scope = new NameScope(MemberNames.ReservedFor(ScopeKind.Shared).Append(_document.Class.Name));
        foreach (var name in shared.Objects.Select(one => one.Name).Concat(shared.Enums.Select(one => one.Name)).Concat(shared.Unions.Select(one => one.Name)))
            scope.TryReserve(name);
        return named.Select(one => scope.Reserve(scope.IsFree(one.Name) ? MemberNames.Apart(one.Name) : one.Name + "Operation", "Operation")).ToList();
    }

    /// <summary>The methods for a second form of a response; methods of other operations go before them.</summary>
    private static List<string> StreamNames(IReadOnlyList<NamedOperation> named)
    {
        var scope = new NameScope([]);
        foreach (var name in named.Select(one => one.Name).Prepend("CallStream"))
            scope.TryReserve(name);
        return named.Select(one => scope.Reserve(scope.IsFree(one.Name + "Stream") ? one.Name + "Stream" : one.Name + "AsStream", "")).ToList();
    }

    /// <summary>The operations, each with the name of its method over all pages.</summary>
    private static EquatableArray<BoundOperation> WithPaging(List<BoundOperation> operations)
    {
        var taken = operations.SelectMany(one => one.Responses.Select(response => response.Method)).ToList();
        var names = PagingNames.Give(operations.ConvertAll(one => (one.Name, one.Paging is not null, one.Paging is { Items: null })), taken);
        return operations
            .Select((one, i) => one.Paging is { } paging ? one with { Paging = paging with { Method = names[i] } } : one)
            .ToEquatableArray();
    }

    private void ReportNames()
    {
        if (_document.Wanted is { } wanted)
            _problems.Report(GeneratorProblems.ApiNameCollision, "/info/title", _document.Api.Title, _document.Rival!, wanted, _document.Class.Name);
        if (_document.RefusedName is { } refused)
            _problems.ReportLock("", refused);
    }

    private void ReportOperation(NamedOperation named)
    {
        var operation = named.Operation;
        if (named.Wanted is { } wanted)
            _problems.Report(GeneratorProblems.OperationNameCollision, operation.Pointer, NameKeys.Operation(operation), named.Rival!, wanted, named.Name);
        if (_keys.IsElsewhere(operation))
            _problems.Report(GeneratorProblems.KeyElsewhere, operation.Pointer, NameKeys.Operation(operation), operation.Security[0]);
    }
}
