namespace Nabla.Lessons;

internal static class LessonF1
{
    private const int Epochs = 5;

    public static Lesson Lesson { get; } = new(
        "F1",
        new("The training loop", "학습 루프"),
        new("Forward, loss, backward, step: for each batch, in each epoch.", "에포크마다, 배치마다: 순전파, 손실, 역전파, 스텝."),
        new TextSection(
            """
            Training a network is the step of lesson B2, repeated very often. For each **epoch**, for each **batch** of images and labels: make the old gradients forgotten,
            run the network **forward**, compute the **loss**, run **backward**, and let the **optimizer** move every weight against its gradient. At the end of an epoch, print the mean loss and see
            whether it falls.

            The example reads an image the way one reads a page: each of its 28 rows is one time step of a recurrent network, and the last hidden state names the digit. The loss is the
            cross-entropy, small when the right class got a high probability.

            Two lines that you may know from other libraries have no counterpart here. Gradients are not piled up in the weights: `loss.Backward()` **returns** them, so there is
            nothing to clear. And nothing has to be moved to a device; the processor is the device.
            """,
            """
            신경망을 학습시킨다는 것은 B2의 스텝을 아주 여러 번 되풀이하는 일입니다. **에포크**마다, 이미지와 정답으로 된 **배치**마다 옛 기울기를 지우고, 신경망을
            **순전파**하고, **손실**을 구하고, **역전파**하고, **최적화기**가 모든 가중치를 기울기의 반대쪽으로 움직이게 합니다. 에포크가 끝나면 평균 손실을 출력해
            줄어드는지 확인합니다.

            예제는 이미지를 책 읽듯이 읽습니다. 28개의 행이 저마다 순환 신경망의 시간 스텝 하나이고, 마지막 은닉 상태가 어떤 숫자인지 말합니다. 손실은 교차
            엔트로피이며, 정답 클래스의 확률이 높을수록 작습니다.

            다른 라이브러리에서 보던 두 줄이 여기에는 없습니다. 기울기가 가중치에 쌓이지 않고 `loss.Backward()`가 기울기를 **돌려주므로** 지울 것이 없습니다. 장치로
            옮길 것도 없습니다. 이 컴퓨터의 프로세서가 곧 장치입니다.
            """),
        new CodeSection("F1"),
        new TableSection([new("epoch", "에포크"), new("mean loss", "평균 손실")], Train)
        {
            Title = new("The loop above, run now on 320 digits", "위의 루프를 숫자 320개로 지금 실행한 결과"),
        },
        new QuizSection(
            "quiz-1",
            new("In which order do these happen for each batch?", "배치마다 어떤 순서로 할까요?"),
            [
                new("loss → step → forward → backward", "손실 → 스텝 → 순전파 → 역전파"),
                new("forward → loss → backward → step", "순전파 → 손실 → 역전파 → 스텝"),
                new("backward → forward → loss → step", "역전파 → 순전파 → 손실 → 스텝"),
            ],
            right: 1,
            new("The backward pass needs the loss, the loss needs the forward pass, and the step needs the gradients.",
                "역전파에는 손실이, 손실에는 순전파가, 스텝에는 기울기가 있어야 합니다.")));

    private static IEnumerable<BilingualText[]> Train()
    {
        DatasetPair data = Digits.Create(seed: 1, trainCount: 320, testCount: 1);
        Rnn rows = new(28, 32, RandomKey.FromSeed(1), lastOnly: true);
        Linear output = new(32, 10, RandomKey.FromSeed(2));
        Optimizer optimizer = new(new Adam(), [.. rows.Parameters, .. output.Parameters], learningRate: 0.003);
        DataLoader loader = new(data.Train, batchSize: 16);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            double sum = 0;
            foreach (Batch batch in loader.Epoch(epoch))
            {
                using Scope scope = Scope.Begin();
                Tensor images = batch.Inputs.Reshape([batch.Count, 28, 28]);                                    // [batch, rows, columns]
                Tensor loss = Loss.CrossEntropy(output.Apply(rows.Apply(images)), batch.Targets);               // []
                optimizer.Step(loss.Backward());
                sum += loss.Item() * batch.Count;
            }
            yield return [Written.Text(epoch + 1), Written.Text(sum / data.Train.Count, 4)];
        }
    }
}
