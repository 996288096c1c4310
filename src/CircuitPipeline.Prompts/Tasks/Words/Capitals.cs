using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.Tasks.Words;

/// <summary>Capitals of countries whose names stand without an article; where the city has the country's name, or the seat is disputed, it is left out.</summary>
internal static class Capitals
{
    /// <summary>Those of which both names are one word come first.</summary>
    public static ImmutableArray<Capital> All { get; } =
    [
        .. (
            "Paris:France London:England Berlin:Germany Madrid:Spain Rome:Italy Lisbon:Portugal "
            + "Vienna:Austria Athens:Greece Moscow:Russia Tokyo:Japan Beijing:China Cairo:Egypt "
            + "Ottawa:Canada Canberra:Australia Tehran:Iran Baghdad:Iraq Kabul:Afghanistan Warsaw:Poland "
            + "Dublin:Ireland Oslo:Norway Stockholm:Sweden Copenhagen:Denmark Helsinki:Finland Brussels:Belgium "
            + "Bern:Switzerland Budapest:Hungary Prague:Czechia Bucharest:Romania Sofia:Bulgaria Belgrade:Serbia "
            + "Zagreb:Croatia Ankara:Turkey Minsk:Belarus Vilnius:Lithuania Riga:Latvia Tallinn:Estonia "
            + "Reykjavik:Iceland Bratislava:Slovakia Ljubljana:Slovenia Sarajevo:Bosnia Tirana:Albania Skopje:Macedonia "
            + "Podgorica:Montenegro Chisinau:Moldova Tbilisi:Georgia Yerevan:Armenia Baku:Azerbaijan Nicosia:Cyprus "
            + "Valletta:Malta Damascus:Syria Beirut:Lebanon Amman:Jordan Doha:Qatar Manama:Bahrain "
            + "Muscat:Oman Sanaa:Yemen Islamabad:Pakistan Dhaka:Bangladesh Kathmandu:Nepal Thimphu:Bhutan "
            + "Bangkok:Thailand Hanoi:Vietnam Vientiane:Laos Jakarta:Indonesia Ulaanbaatar:Mongolia Tashkent:Uzbekistan "
            + "Astana:Kazakhstan Bishkek:Kyrgyzstan Dushanbe:Tajikistan Ashgabat:Turkmenistan Suva:Fiji Havana:Cuba "
            + "Kingston:Jamaica Bridgetown:Barbados Caracas:Venezuela Bogota:Colombia Quito:Ecuador Lima:Peru "
            + "Santiago:Chile Asuncion:Paraguay Montevideo:Uruguay Brasilia:Brazil Georgetown:Guyana Paramaribo:Suriname "
            + "Managua:Nicaragua Tegucigalpa:Honduras Belmopan:Belize Nairobi:Kenya Kampala:Uganda Kigali:Rwanda "
            + "Dodoma:Tanzania Lusaka:Zambia Harare:Zimbabwe Lilongwe:Malawi Maputo:Mozambique Windhoek:Namibia "
            + "Gaborone:Botswana Luanda:Angola Libreville:Gabon Abuja:Nigeria Accra:Ghana Dakar:Senegal "
            + "Bamako:Mali Niamey:Niger Monrovia:Liberia Conakry:Guinea Nouakchott:Mauritania Rabat:Morocco "
            + "Tripoli:Libya Khartoum:Sudan Asmara:Eritrea Mogadishu:Somalia Antananarivo:Madagascar Maseru:Lesotho "
            + "Apia:Samoa Lome:Togo Kyiv:Ukraine Tunis:Tunisia Algiers:Algeria Gitega:Burundi "
            + "Riyadh:Saudi+Arabia Seoul:South+Korea Pyongyang:North+Korea Wellington:New+Zealand Pretoria:South+Africa Freetown:Sierra+Leone "
            + "Ouagadougou:Burkina+Faso Praia:Cape+Verde New+Delhi:India Buenos+Aires:Argentina Phnom+Penh:Cambodia Addis+Ababa:Ethiopia "
            + "Kuala+Lumpur:Malaysia San+Jose:Costa+Rica"
        )
            .Split(' ')
            .Select(entry => entry.Replace('+', ' ').Split(':'))
            .Select(names => new Capital(names[0], names[1])),
    ];

    /// <summary>Those of which both names are one word.</summary>
    public static ImmutableArray<Capital> OfOneWord { get; } =
    [.. All.Where(capital => !capital.City.Contains(' ') && !capital.Country.Contains(' '))];

    /// <summary>The only capital that stands in a text as words of its own, in either case of letters; null for none or several.</summary>
    public static Capital? In(string text)
    {
        string words = $" {string.Join(' ', WordsOf.Text(text))} ";
        Capital[] found =
        [
            .. All.Where(capital => words.Contains($" {capital.City} ", StringComparison.OrdinalIgnoreCase)),
        ];
        return found is [{ } one] ? one : null;
    }
}

/// <summary>A capital.</summary>
/// <param name="City">Its name.</param>
/// <param name="Country">The country's.</param>
internal sealed record Capital(string City, string Country);
