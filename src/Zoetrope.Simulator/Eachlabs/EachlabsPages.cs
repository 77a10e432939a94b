using System.Globalization;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>Pages of lists, as <c>limit</c> and <c>offset</c> ask for them.</summary>
internal static class EachlabsPages
{
    public static (int Limit, int Offset) Of(IncomingRequest request, int usual, int most)
    {
        var limit = Number(request.Query("limit")) ?? usual;
        return (Math.Clamp(limit, 1, most), Math.Max(0, Number(request.Query("offset")) ?? 0));
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
