using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.CodeGen;

namespace Zoetrope.Tests.Json;

public class NumberReadingTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("0.1")]
    [InlineData("-2.675")]
    [InlineData("1.0000000000000")]
    [InlineData("0.0000000000001")]
    [InlineData("999999999999999")]
    [InlineData("9999999.9999999")]
    [InlineData("9007199254740993")]
    [InlineData("1e2")]
    [InlineData("1.5E-7")]
    [InlineData("0.30000000000000004")]
    public void A_number_is_the_closest_double(string text) => AssertClosest(text);

    [Fact]
    public void A_number_of_any_digits_is_the_closest_double()
    {
        var random = new Random(20261130);
        for (var i = 0; i < 20_000; i++)
        {
            var digits = random.NextInt64(1L << random.Next(1, 63)).ToString(CultureInfo.InvariantCulture);
            var point = random.Next(digits.Length + 1);
            var text = point == 0 ? "0." + digits : point == digits.Length ? digits : digits.Insert(point, ".");
            AssertClosest(random.Next(2) == 0 ? "-" + text : text);
        }
    }

    private static void AssertClosest(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        reader.Read();

        Assert.True(DoubleCodec.TryRead(ref reader, out var value));
        Assert.True(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(value), text);
    }
}
