namespace Nabla.Lessons;

internal static class LessonE2
{
    public static Lesson Lesson { get; } = new(
        "E2",
        new("The error as a matrix product", "행렬로 쓴 오차 역전파"),
        new("error_hidden = Wᵀ·error_output: without the denominators, and that is the true gradient.",
            "오차_은닉 = Wᵀ·오차_출력: 분모를 빼면 진짜 기울기가 됩니다."),
        new TextSection(
            """
            The splitting of E1 has denominators, the sums of the weights into each node. Leave them out, and what remains is a matrix product:
            **error_hidden = Wᵀ · error_output**. Here W multiplies a column, a row for each node it leads to, so going back it is transposed.

            It looks as if something was lost, a mere normalisation. In fact something was won. The multiply node w·h says that h receives w times the upstream
            gradient, not w/(w + …) times. **The true gradient has no denominators**, and the graph below, a plain linear network run backward, gives just the
            numbers of the matrix product.

            Do the denominators matter? Dividing all errors of a layer by the same number would only change the learning rate. But each node has its own sum. In the
            table the hidden errors keep their ratio, since both sums are 5; the input errors do not, since there the sums are 5 and 8.
            """,
            """
            E1의 나누기에는 분모, 곧 노드마다 들어오는 가중치의 합이 있습니다. 이것을 빼면 행렬 곱만 남습니다: **오차_은닉 = Wᵀ · 오차_출력**. 여기서 W는
            열벡터에 곱하는 행렬이고 행마다 도착하는 노드가 하나씩 있으므로, 돌아올 때는 전치합니다.

            정규화를 빼 버려 무언가를 잃은 것처럼 보입니다. 사실은 얻은 것이 있습니다. 곱셈 노드 w·h에 따르면 h는 상류 기울기의 w/(w + …)배가 아니라 w배를
            받습니다. **진짜 기울기에는 분모가 없습니다.** 아래 그래프는 단순한 선형 신경망을 뒤로 계산한 것인데, 행렬 곱과 똑같은 수가 나옵니다.

            분모가 있으면 무엇이 달라질까요? 한 계층의 오차를 모두 같은 수로 나눈다면 학습률만 바뀝니다. 하지만 합은 노드마다 다릅니다. 표를 보면 은닉 노드의
            오차는 두 합이 모두 5여서 비율이 그대로이지만, 입력의 오차는 합이 5와 8이어서 비율이 달라집니다.
            """),
        new TableSection(
            [new("rule", "규칙"), new("hidden errors", "은닉 노드의 오차"), new("input errors", "입력의 오차"), new("ratio of the input errors", "입력 오차의 비")],
            Both),
        new GraphSection(
            "x = [[1, 1]]\nV = [[3, 1], [2, 7]]\nW = [[2, 1], [3, 4]]\ne = [[1.5, 0.5]]\nh = x @ V\no = h @ W\nt = o * e\nf = sum(t)")
        {
            Title = new("A linear network run backward: e arrives at o", "선형 신경망의 역전파: o에 e가 도착합니다"),
        },
        new QuizSection(
            "quiz-1",
            new("Which of the two rules does the exact gradient follow?", "정확한 기울기는 두 규칙 가운데 어느 것을 따를까요?"),
            [
                new("Splitting with denominators", "분모를 두고 나누는 규칙"),
                new("Both, they are the same", "둘 다이며 서로 같습니다"),
                new("The matrix product without denominators", "분모가 없는 행렬 곱"),
            ],
            right: 2,
            new("A multiply node sends back the weight itself: Wᵀ · error.", "곱셈 노드는 가중치를 그대로 곱해 돌려보냅니다: Wᵀ · 오차.")));

    private static IEnumerable<BilingualText[]> Both()
    {
        (Tensor first, Tensor second, Tensor errors) = (LessonE1.InputToHidden, LessonE1.HiddenToOutput, LessonE1.OutputErrors);
        yield return Row(new("split by shares (E1)", "비율로 나누기 (E1)"), LessonE1.Shares(first), LessonE1.Shares(second));
        yield return Row("Wᵀ · e", first, second);

        // Through the engine's own backward pass, from the errors as the gradient that enters at the outputs.
        Tensor input = Tensor.From(1.0, 1), hidden = input.MatMul(first), output = hidden.MatMul(second);
        Gradients gradients = output.Backward([input, hidden], upstream: errors);
        yield return Told(new("true gradient", "진짜 기울기"), gradients[hidden], gradients[input]);

        BilingualText[] Row(BilingualText name, Tensor toHidden, Tensor toOutput)
        {
            Tensor hiddenErrors = toOutput.MatMul(errors);
            return Told(name, hiddenErrors, toHidden.MatMul(hiddenErrors));
        }

        static BilingualText[] Told(BilingualText name, Tensor hiddenErrors, Tensor inputErrors)
        {
            double[] parts = inputErrors.ToDoubles();
            return [name, Written.Text(hiddenErrors), Written.Text(inputErrors), Written.Text(parts[0] / parts[1], 4)];
        }
    }
}
