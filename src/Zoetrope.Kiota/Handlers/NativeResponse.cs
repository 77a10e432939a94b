using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace Zoetrope.Kiota.Handlers;

/// <summary>Takes the response from an adapter as it came.</summary>
internal sealed class NativeResponse : IResponseHandler
{
    /// <summary>The response; null until there is one.</summary>
    public HttpResponseMessage? Message { get; private set; }

    public Task<TModel?> HandleResponseAsync<TResponse, TModel>(TResponse response, Dictionary<string, ParsableFactory<IParsable>>? errorMappings)
    {
        Message = response as HttpResponseMessage;
        return Task.FromResult(default(TModel));
    }
}
