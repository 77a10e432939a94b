using Zoetrope.Http;
using Zoetrope.Operations;

namespace Zoetrope.Tests;

/// <summary>Clients of servers of tests.</summary>
internal static class DemoClients
{
    extension(DemoClient)
    {
        /// <summary>A client with a key, which follows the word "Key" in its header.</summary>
        public static DemoClient At(Uri url, Action<ApiClientOptions>? configure = null)
        {
            var options = new ApiClientOptions
            {
                BaseUrl = url,
                ApiKey = TestTransport.Key,
                ApiKeyLocation = ApiKeyLocation.Header("Authorization", "Key "),
            };
            configure?.Invoke(options);
            return new DemoClient(options);
        }
    }
}
