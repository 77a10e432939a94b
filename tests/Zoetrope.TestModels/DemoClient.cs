using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Json;
using Zoetrope.Operations;

namespace Zoetrope.TestModels;

/// <summary>What the tests of the base class need beside the generated operations.</summary>
public sealed partial class DemoClient
{
    /// <summary>Initializes a client of another definition, such as one without a server.</summary>
    public DemoClient(ApiClientOptions? options, ApiDefinition definition)
        : base(definition, options)
    {
    }

    /// <summary>The definition that the document gives.</summary>
    public static ApiDefinition Definition => _definition;

    /// <summary>Sends a call that no document describes.</summary>
    public Task<RawJson> SendAsync(OperationCall call, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        CallAsync<RawJson, ValueCodec<RawJson>>(call, options, cancellationToken);

    /// <inheritdoc cref="SendAsync(OperationCall, CallOptions?, CancellationToken)"/>
    public Task<T> SendAsync<T, TCodec>(OperationCall call, CancellationToken cancellationToken = default)
        where TCodec : struct, IJsonCodec<T> => CallAsync<T, TCodec>(call, null, cancellationToken);
}
