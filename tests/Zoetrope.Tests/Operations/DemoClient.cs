using System.CodeDom.Compiler;
using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Operations;
using Zoetrope.Uploads;

namespace Zoetrope.Tests;

/// <summary>A client of a whole API in the form that generated ones have.</summary>
[GeneratedCode("by hand", "1")]
internal sealed class DemoClient(ApiClientOptions? options = null, ApiDefinition? definition = null) : ApiClient(definition ?? Definition, options)
{
    public static readonly ApiDefinition Definition = new("Demo")
    {
        Server = "https://api.demo.test/v1",
        Hosts = ["files.demo.test"],
        ApiKeyLocation = ApiKeyLocation.Header("Authorization", "Key "),
        ApiKeyVariable = "ZOETROPE_DEMO_KEY",
    };

    /// <summary>A client with a key that talks to a server of a test.</summary>
    public static DemoClient At(Uri url, Action<ApiClientOptions>? configure = null)
    {
        var options = new ApiClientOptions { BaseUrl = url, ApiKey = TestTransport.Key };
        configure?.Invoke(options);
        return new DemoClient(options);
    }

    /// <summary>Lists assets.</summary>
    /// <exception cref="ServiceException{TError}">400 to 499: <see cref="Demo.Problem"/>.</exception>
    public Task<Demo.AssetPage> ListAssetsAsync(
        Demo.ListAssets.Parameters? parameters = null, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new OperationCall(HttpMethod.Get, "ListAssets").Literal("/assets");
        if (parameters is not null)
        {
            call.Validate(parameters);
            if (parameters.Limit is { } limit)
                call.Query<long, Int64Codec>("limit", limit);
            if (parameters.Cursor is { } cursor)
                call.Query<string, StringCodec>("cursor", cursor);
            if (parameters.Tags is { } tags)
                call.Query<IReadOnlyList<string>, ListCodec<string, StringCodec>>("tags", tags, explode: false);
            if (parameters.TraceId is { } traceId)
                call.Header<string, StringCodec>("X-Trace-Id", traceId);
        }
        call.Error<Demo.Problem>(400, 499);
        return CallAsync<Demo.AssetPage, ObjectCodec<Demo.AssetPage>>(call, options, cancellationToken);
    }

    /// <summary>Gets an asset.</summary>
    public Task<Demo.Asset> GetAssetAsync(string assetId, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new OperationCall(HttpMethod.Get, "GetAsset").Literal("/assets/").Path<string, StringCodec>("asset_id", assetId);
        call.Rules.Length(assetId, "asset_id", max: 64);
        call.Error<Demo.Problem>(404);
        return CallAsync<Demo.Asset, ObjectCodec<Demo.Asset>>(call, options, cancellationToken);
    }

    /// <summary>Makes an asset; the answer is empty where it is made later.</summary>
    public Task<Demo.Asset?> CreateAssetAsync(Demo.Asset body, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var call = new OperationCall(HttpMethod.Post, "CreateAsset").Literal("/assets").Json<Demo.Asset, ObjectCodec<Demo.Asset>>(body).Validate(body);
        call.Error<Demo.Problem>(400, 599).Error<Demo.Conflict>(409);
        return CallOptionalAsync<Demo.Asset, ObjectCodec<Demo.Asset>>(call, options, cancellationToken);
    }

    /// <summary>Deletes an asset.</summary>
    public Task DeleteAssetAsync(string assetId, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new OperationCall(HttpMethod.Delete, "DeleteAsset").Literal("/assets/").Path<string, StringCodec>("asset_id", assetId);
        return CallAsync(call, options, cancellationToken);
    }

    /// <summary>Sends a file with what is known about it.</summary>
    public Task<Demo.Asset> UploadAssetAsync(Demo.UploadAsset.Body body, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var call = new OperationCall(HttpMethod.Post, "UploadAsset").Literal("/assets/upload").File("file", body.File, "image/*");
        if (body.Name is { } name)
            call.Part<string, StringCodec>("name", name);
        if (body.Tags is { } tags)
            call.Part<IReadOnlyList<string>, ListCodec<string, StringCodec>>("tags", tags);
        if (body.Details is { } details)
            call.Part<Demo.Asset, ObjectCodec<Demo.Asset>>("details", details);
        return CallAsync<Demo.Asset, ObjectCodec<Demo.Asset>>(call, options, cancellationToken);
    }

    /// <summary>Replaces the content of an asset.</summary>
    public Task PutContentAsync(string assetId, UploadFile body, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new OperationCall(HttpMethod.Put, "PutContent")
            .Literal("/assets/").Path<string, StringCodec>("asset_id", assetId).Literal("/content").Content(body, "application/octet-stream");
        return CallAsync(call, options, cancellationToken);
    }

    /// <summary>Gets the content of an asset.</summary>
    public Task<StreamingResponse> GetContentAsync(string assetId, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new OperationCall(HttpMethod.Get, "GetContent").Server("https://files.demo.test")
            .Literal("/assets/").Path<string, StringCodec>("asset_id", assetId).Literal("/content").Accept("video/mp4");
        call.Error<Demo.Problem>(400, 499);
        return CallStreamAsync(call, options, cancellationToken);
    }

    /// <summary>Asks for a token.</summary>
    public Task<RawJson?> CreateTokenAsync(Demo.CreateToken.Body body, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new OperationCall(HttpMethod.Post, "CreateToken").Literal("/token").Anonymous();
        call.Field<string, StringCodec>("grant_type", body.GrantType);
        if (body.Scopes is { } scopes)
            call.Field<IReadOnlyList<string>, ListCodec<string, StringCodec>>("scope", scopes);
        return CallOptionalValueAsync<RawJson, ValueCodec<RawJson>>(call, options, cancellationToken);
    }

    /// <summary>Says whether the service is there.</summary>
    public Task<string> GetHealthAsync(CallOptions? options = null, CancellationToken cancellationToken = default) =>
        CallTextAsync(new OperationCall(HttpMethod.Get, "GetHealth").Literal("/health").Anonymous(), options, cancellationToken);

    /// <summary>What generated code cannot do otherwise: any call, for the tests of the base.</summary>
    public Task<RawJson> SendAsync(OperationCall call, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        CallAsync<RawJson, ValueCodec<RawJson>>(call, options, cancellationToken);

    /// <inheritdoc cref="SendAsync(OperationCall, CallOptions?, CancellationToken)"/>
    public Task<T> SendAsync<T, TCodec>(OperationCall call, CancellationToken cancellationToken = default)
        where TCodec : struct, IJsonCodec<T> => CallAsync<T, TCodec>(call, null, cancellationToken);
}
