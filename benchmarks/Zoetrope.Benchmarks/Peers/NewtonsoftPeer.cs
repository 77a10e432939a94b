using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Zoetrope.Benchmarks.Peers;

/// <summary>Newtonsoft.Json over the same classes, to and from UTF-8.</summary>
internal static class NewtonsoftPeer
{
    private static readonly JsonSerializerSettings Settings = new()
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new SnakeCaseNamingStrategy() },
        NullValueHandling = NullValueHandling.Ignore,
    };

    public static byte[] Write(PeerRequest request) => Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(request, Settings));

    public static PeerResult Read(byte[] json) => JsonConvert.DeserializeObject<PeerResult>(Encoding.UTF8.GetString(json), Settings)!;
}
